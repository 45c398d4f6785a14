package org.resticmanager.platform;

import java.util.Optional;

/**
 * A notification has arrived, from this node or another, or may have been lost. A CDI event, fired
 * on the one thread that listens and never inside a transaction: observers are quick and hand work
 * on to {@link Background}.
 *
 * @param topic what it is about; see {@link Notifications#notify}
 * @param payload which one; empty if notifications of this topic may have been lost, so that the
 *     observer looks at everything it waits for
 */
public record Notified(String topic, Optional<String> payload) {

  /** Whether it concerns this topic: a lost notification may have been of any. */
  public boolean about(String wanted) {
    return topic.isEmpty() || topic.equals(wanted);
  }

  /** Any notification may have been lost. */
  static Notified ofAnything() {
    return new Notified("", Optional.empty());
  }
}
