package org.resticmanager.health;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which hosts are looked for; what is empty does not matter.
 *
 * @param words a part of the name, or of what the machine calls itself, in whatever case
 * @param health how well they are protected
 * @param online whether they are connected
 * @param tag that they have
 */
public record HostFilter(
    String words, Optional<Health> health, Optional<Boolean> online, String tag) {

  public HostFilter {
    requireNonNull(words);
    requireNonNull(health);
    requireNonNull(online);
    requireNonNull(tag);
  }

  /** Whether it lets all hosts through. */
  public boolean all() {
    return words.isEmpty() && health.isEmpty() && online.isEmpty() && tag.isEmpty();
  }
}
