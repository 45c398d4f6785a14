package org.resticmanager.health;

import java.util.Map;

/** How many hosts are how well protected. */
public record FleetCounts(Map<Health, Long> hosts) {

  public FleetCounts {
    hosts = Map.copyOf(hosts);
  }

  /** How many are so. */
  public long of(Health health) {
    return hosts.getOrDefault(health, 0L);
  }

  /** How many there are. */
  public long all() {
    return hosts.values().stream().mapToLong(Long::longValue).sum();
  }
}
