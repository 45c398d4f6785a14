package org.resticmanager.system;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Queues backups without end, by a balancer on any node, for all hosts of a fleet in turn. */
final class Feeder implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final List<Peer.Enrolled> machines;
  private final Map<String, SimulatedAgent> fleet;
  private final String group;
  private final Api api;
  private final Set<String> queued = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::feed, "feeder");
  private volatile boolean stopping;

  /**
   * Begins at once.
   *
   * @param group the source group that each of the hosts has
   * @param api the balancer's, asked by somebody who may do that
   */
  Feeder(List<Peer.Enrolled> machines, Map<String, SimulatedAgent> fleet, String group, Api api) {
    this.machines = machines;
    this.fleet = fleet;
    this.group = group;
    this.api = api;
    thread.start();
  }

  /** What the control plane has said it would do. */
  Set<String> queued() {
    return Set.copyOf(queued);
  }

  /** Returns when so many more have been queued. */
  void awaitMore(int jobs) {
    int before = queued.size();
    await("there is work").atMost(LIMIT).until(() -> queued.size() > before + jobs);
  }

  private void feed() {
    int mostWaiting = 2 * machines.size();
    for (int i = 0; !stopping; i++) {
      if (queued.size() - begun() > mostWaiting) {
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        continue;
      }
      String host = machines.get(i % machines.size()).host();
      try {
        Api.Reply reply = api.post(Admin.sourceGroup(host, group) + "/runs");
        if (reply.status() == 202) {
          queued.add(reply.json().getString("id"));
        }
      } catch (UncheckedIOException e) {
        // the node has died meanwhile: nobody has promised anything
      }
    }
  }

  private int begun() {
    return fleet.values().stream().mapToInt(agent -> agent.begun().size()).sum();
  }

  /** No more of it. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
