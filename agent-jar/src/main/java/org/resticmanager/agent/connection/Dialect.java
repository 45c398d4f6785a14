package org.resticmanager.agent.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Welcome;

/**
 * What the server at the other end of one connection speaks, as far as it has said so: the base
 * protocol until it names extensions. Thread-safe.
 */
final class Dialect {

  private static final Duration HEARTBEAT = Duration.ofSeconds(30);
  private static final int LONGEST_HEARTBEAT_SECONDS = 60;

  private boolean begun;
  private Set<String> features = Set.of();
  private Duration heartbeat = HEARTBEAT;
  private boolean schedulesTaken;
  private String tooOld;

  synchronized void welcomed(Welcome welcome) {
    features = Set.copyOf(welcome.features());
    if (welcome.heartbeatSeconds() > 0) {
      heartbeat =
          Duration.ofSeconds(Math.min(welcome.heartbeatSeconds(), LONGEST_HEARTBEAT_SECONDS));
    }
  }

  /** The server has said something that is no complaint: those come from servers of each kind. */
  synchronized void heard() {
    begun = true;
  }

  synchronized void refusesOurAge(String words) {
    tooOld = words;
  }

  /** Whether nobody has asked this before: the next list of schedules is the connection's first. */
  synchronized boolean firstSchedules() {
    boolean first = !schedulesTaken;
    schedulesTaken = true;
    return first;
  }

  /** Whether the server has said something, so that it is known what it speaks. */
  synchronized boolean begun() {
    return begun;
  }

  /** Whether the server has named all of these extensions; what needs others is not sent. */
  synchronized boolean speaks(Set<String> required) {
    return features.containsAll(required);
  }

  /** Whether the server confirms events; otherwise they are done with once they are sent. */
  boolean confirming() {
    return speaks(Set.of(Feature.ACK));
  }

  /** How often the server wants a sign of life. */
  synchronized Duration heartbeat() {
    return heartbeat;
  }

  /** The server's words if it does not speak with agents of our age any more. */
  synchronized Optional<String> tooOld() {
    return Optional.ofNullable(tooOld);
  }
}
