package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import org.resticmanager.protocol.wire.EventAck;
import org.resticmanager.protocol.wire.Feature;

/**
 * Tells agents what is committed, so that they may drop it; only those that asked for it (extension
 * {@code ack}).
 */
@ApplicationScoped
class Confirmation {

  /** All lines of the job, which the agent calls so, up to this number are stored. */
  void ofLines(AgentLink link, String job, long seq) {
    confirm(link, job, seq, false);
  }

  /** The job's end is stored as well. */
  void ofEnd(AgentLink link, String job, long seq) {
    confirm(link, job, seq, true);
  }

  private static void confirm(AgentLink link, String job, long seq, boolean finished) {
    if (link.speaks(Feature.ACK)) {
      link.send(new EventAck(job, seq, finished));
    }
  }
}
