package org.resticmanager.platform;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The work of a timer. A tick that finds the last one still at work leaves it to it; one that fails
 * is logged and never fails the timer, because a server may take a timer away for ever after that.
 * The next tick tries again.
 */
public final class Tick {

  private static final Logger LOG = Logger.getLogger(Tick.class.getName());

  private final String failure;
  private final AtomicBoolean working = new AtomicBoolean();

  /**
   * @param failure what to say when the work fails, as in "old logs could not be dropped now"
   */
  public Tick(String failure) {
    this.failure = requireNonNull(failure);
  }

  /** Does the work, unless it is being done. */
  public void run(Runnable work) {
    if (!working.compareAndSet(false, true)) {
      return;
    }
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, failure, e);
    } finally {
      working.set(false);
    }
  }
}
