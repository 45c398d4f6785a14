package org.resticmanager.bench.log;

import java.util.concurrent.CountDownLatch;
import org.resticmanager.bench.fleet.AgentSocket;
import org.resticmanager.bench.fleet.SimulatedAgent;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.EventAck;

/**
 * Streams the log of one backup as fast as it is confirmed: like our agent, it is never more than
 * 512 KiB ahead, and puts what it may send at one moment into as few frames as it can.
 */
public final class LogAgent extends SimulatedAgent {

  private static final long WINDOW_BYTES = 512 * 1024;

  /** Fewer show what a frame costs. */
  private static final int MOST_LINES = Integer.getInteger("bench.lines", Integer.MAX_VALUE);

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String job;
  private volatile long confirmed;
  private volatile boolean enough;
  private LogFrames frames;
  private long sent;

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
    for (int lines = mayGoOn(); lines > 0; lines = mayGoOn()) {
      if (!frames.put(sent + 1, lines, to)) {
        return true;
      }
      sent += lines;
    }
    return false;
  }

  /** How many lines may be sent in the next frame. */
  private int mayGoOn() {
    long ahead = (sent - confirmed) * frames.lineBytes();
    long room = (WINDOW_BYTES - ahead + frames.lineBytes() - 1) / frames.lineBytes();
    return (int) Math.min(room, Math.min(MOST_LINES, frames.mostLines()));
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
