package org.resticmanager.agent.connection;

import java.io.IOException;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.protocol.wire.EventAck;

/** Drops what the server has committed. */
final class AckHandler implements Handler<EventAck> {

  private final Spool spool;

  AckHandler(Spool spool) {
    this.spool = spool;
  }

  @Override
  public void take(EventAck ack, Exchange exchange) throws IOException {
    spool.confirmed(new JobId(ack.jobId()), ack.seq(), ack.finished());
  }
}
