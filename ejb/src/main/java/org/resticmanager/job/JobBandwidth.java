package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.bandwidth.Bandwidth;
import org.resticmanager.bandwidth.Bandwidths;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.protocol.wire.Feature;

/** The limits that a job is sent with. */
@ApplicationScoped
class JobBandwidth {

  @Inject private Bandwidths bandwidths;

  /**
   * Its own, else those that its host has at this moment; empty for none. An agent that cannot
   * limit is not told of its host's, but it must not run a job that has some of its own.
   */
  Optional<Bandwidth> of(Job job, AgentConnection connection) {
    return job.limits()
        .or(
            () ->
                connection.speaks(Feature.BANDWIDTH)
                    ? bandwidths.now(job.host())
                    : Optional.empty());
  }
}
