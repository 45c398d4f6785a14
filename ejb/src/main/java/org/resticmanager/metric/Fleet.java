package org.resticmanager.metric;

import java.util.Map;
import org.resticmanager.health.Health;

/**
 * What the nodes share, in numbers; not a number where the database does not say.
 *
 * @param hosts all of them, by how well they are protected
 * @param online those heard of lately
 * @param damaged repositories in which the last check found something
 * @param queued jobs that wait
 * @param running jobs that run
 * @param oldestSeconds how long the job waits that was due first
 */
record Fleet(
    Map<Health, Double> hosts,
    double online,
    double damaged,
    double queued,
    double running,
    double oldestSeconds) {

  static final Fleet UNKNOWN =
      new Fleet(Map.of(), Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** How many are protected so well. */
  double hosts(Health health) {
    return hosts.getOrDefault(health, Double.NaN);
  }

  /** All of them. */
  double allHosts() {
    return hosts.isEmpty()
        ? Double.NaN
        : hosts.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
