package org.resticmanager.bench.log;

import java.util.concurrent.CountDownLatch;
import org.resticmanager.bench.fleet.AgentSocket;
import org.resticmanager.bench.fleet.SimulatedAgent;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.EventAck;

/**
 * Streams the log of one backup as fast as it is confirmed: like our agent, it is never more than
 * 512 KiB ahead.
 */
public final class LogAgent extends SimulatedAgent {

  private static final long WINDOW_BYTES = 512 * 1024;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String job;
  private volatile long confirmed;
  private volatile boolean enough;
  private LogFrames frames;
  private long sent;
  private long frameBytes;

  @Override
  protected void backup(CommandRun command) {
    frames = new LogFrames(command.jobId());
    job = command.jobId();
  }

  @Override
  protected boolean fill(AgentSocket to) {
    if (frames == null || enough) {
      return false;
    }
    while (mayGoOn()) {
      if (!frames.fitInto(to)) {
        return true;
      }
      sent++;
      frameBytes = frames.put(sent, to);
    }
    return false;
  }

  private boolean mayGoOn() {
    return (sent - confirmed) * frameBytes < WINDOW_BYTES;
  }

  @Override
  protected void confirmed(EventAck ack) {
    if (!ack.jobId().equals(job)) {
      return;
    }
    confirmed = ack.seq();
    if (ack.finished()) {
      ended.countDown();
    } else if (enough && confirmed == sent) {
      succeed(job);
    }
  }

  /** The job whose log it is; null until it has begun. */
  String job() {
    return job;
  }

  /** How many lines the control plane has said to be in its database. */
  long confirmed() {
    return confirmed;
  }

  /** No further lines; the job ends when all are confirmed. */
  void stop() {
    enough = true;
  }

  /** Returns when the end of the job is confirmed. */
  void awaitEnd() throws InterruptedException {
    ended.await();
  }
}
