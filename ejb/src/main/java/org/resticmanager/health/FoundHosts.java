package org.resticmanager.health;

import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.Tags;
import org.resticmanager.job.JobOutline;

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
   * @param tags what people call it besides its name
   * @param judgement how well it is protected; empty if it was not judged yet
   * @param newestJob empty if it never had one
   */
  public record Found(
      HostDetails host, Tags tags, Optional<Judgement> judgement, Optional<JobOutline> newestJob) {}
}
