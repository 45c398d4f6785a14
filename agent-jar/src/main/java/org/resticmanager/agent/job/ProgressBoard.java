package org.resticmanager.agent.job;

import java.util.Optional;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.protocol.wire.JobProgress;

/**
 * The newest progress of the running job. A newer one replaces an older one that nobody took: only
 * the newest is worth sending, and none is kept once the job has ended. Thread-safe.
 */
public final class ProgressBoard {

  private final Changes changes;
  private JobProgress latest;

  /**
   * @param changes is told of every new progress
   */
  public ProgressBoard(Changes changes) {
    this.changes = changes;
  }

  /** This is the newest one now. */
  public void post(JobProgress progress) {
    synchronized (this) {
      latest = progress;
    }
    changes.signal();
  }

  synchronized void clear() {
    latest = null;
  }

  /** The newest one, without taking it. */
  public synchronized Optional<JobProgress> latest() {
    return Optional.ofNullable(latest);
  }

  /** This one was sent. */
  public synchronized void taken(JobProgress progress) {
    if (progress.equals(latest)) {
      latest = null;
    }
  }
}
