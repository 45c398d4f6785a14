package org.resticmanager.connection;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.resticmanager.host.HostId;

/**
 * Counts how often living agents take one host's connection from each other. Once is a network that
 * broke without a word; several times in a few minutes are two agents with one token.
 */
@ApplicationScoped
class Contests {

  private static final int TOO_MANY = 3;
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final Map<HostId, Deque<Instant>> recent = new ConcurrentHashMap<>();

  /** Counts one; true if there have been too many within the last minutes. */
  boolean add(HostId host, Instant now) {
    Deque<Instant> times =
        recent.compute(
            host,
            (key, known) -> {
              Deque<Instant> kept = known == null ? new ArrayDeque<>() : new ArrayDeque<>(known);
              kept.removeIf(time -> time.isBefore(now.minus(WINDOW)));
              kept.addLast(now);
              while (kept.size() > TOO_MANY) {
                kept.removeFirst();
              }
              return kept;
            });
    return times.size() >= TOO_MANY;
  }
}
