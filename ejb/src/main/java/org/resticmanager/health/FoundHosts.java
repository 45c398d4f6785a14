package org.resticmanager.health;

import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostId;

/**
 * A part of the hosts that were looked for.
 *
 * @param hosts in the order that was asked for
 * @param all how many there are altogether
 */
public record FoundHosts(List<Found> hosts, long all) {

  public FoundHosts {
    hosts = List.copyOf(hosts);
  }

  /**
   * A host.
   *
   * @param judgement how well it is protected; empty if it was not judged yet
   */
  public record Found(HostId host, Optional<Judgement> judgement) {}
}
