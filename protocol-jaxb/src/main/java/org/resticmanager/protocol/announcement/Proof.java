package org.resticmanager.protocol.announcement;

/**
 * The texts that a machine signs to prove that it holds its key. Each begins with what it is for,
 * so that a signature is good for nothing else, and holds a challenge that the server has made.
 */
public final class Proof {

  private Proof() {}

  /** What is signed with an announcement. */
  public static String ofAnnouncement(String challenge, String hostname, String os, String arch) {
    return String.join("\n", "restic-manager announcement", challenge, hostname, os, arch);
  }

  /** What is signed to learn what became of an announcement, and to get the agent's token. */
  public static String ofClaim(String challenge, String announcementId) {
    return String.join("\n", "restic-manager claim", challenge, announcementId);
  }
}
