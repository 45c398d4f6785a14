package org.resticmanager.maintenance;

/** What keeps an operation from being done. */
public enum Obstacle {
  /** It deletes, and the repository has no credentials that may. */
  NO_ADMIN_CREDENTIALS("no-admin-credentials", "no admin credentials"),
  /** No source group of its hosts says how long snapshots are kept, or none has snapshots. */
  NOTHING_TO_FORGET("nothing-to-forget", "no source group has both a retention and snapshots"),
  /** It is due, and no host of the repository that could do it is connected. */
  NO_HOST_ONLINE("no-host-online", "no host of this repository that can do it is online"),
  /** It is due, and every host that could do it is to be left alone now. */
  BLACKOUT_WINDOW(
      "blackout-window", "every host of this repository that can do it has a blackout window now");

  private final String code;
  private final String words;

  Obstacle(String code, String words) {
    this.code = code;
    this.words = words;
  }

  /** For programs; never changes. */
  public String code() {
    return code;
  }

  /** Whether it is in the way of what a person wants as well. */
  public boolean stopsPeople() {
    return this != BLACKOUT_WINDOW;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
