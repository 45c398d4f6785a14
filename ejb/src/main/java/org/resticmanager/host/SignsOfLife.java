package org.resticmanager.host;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When hosts were heard of, kept for a moment until {@link SignsOfLifeSweep} writes it down: a
 * fleet's heartbeats become one statement instead of one each. Any thread.
 */
@ApplicationScoped
public class SignsOfLife {

  private final Map<HostId, Instant> heard = new ConcurrentHashMap<>();

  /** Something came from the host's agent. */
  public void note(HostId host, Instant at) {
    heard.merge(host, at, (before, now) -> now.isAfter(before) ? now : before);
  }

  /** All that was noted since the last call. */
  Map<HostId, Instant> take() {
    Map<HostId, Instant> taken = new HashMap<>();
    for (HostId host : heard.keySet()) {
      Instant at = heard.remove(host);
      if (at != null) {
        taken.put(host, at);
      }
    }
    return taken;
  }
}
