package org.resticmanager.agent.schedule;

import java.io.IOException;
import java.time.Duration;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.spool.Changes;

/** Fires the schedules when they are due, on a thread of its own, connected or not. */
public final class ScheduleTimer {

  private static final System.Logger LOG = System.getLogger(ScheduleTimer.class.getName());

  /** A clock may be put forward, or a laptop wake, at any time: nobody tells us. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);

  /** Without a schedule only a new list brings something to do. */
  private static final Duration NOTHING_TO_DO = Duration.ofDays(1);

  private static final Duration SHORTEST = Duration.ofMillis(20);

  private final ScheduleBook book;
  private final Changes changes;
  private final Thread thread = new Thread(this::work, "schedules");
  private volatile boolean stopping;

  /**
   * @param changes wakes us when there is a new list
   */
  public ScheduleTimer(ScheduleBook book, Changes changes) {
    this.book = book;
    this.changes = changes;
    thread.setDaemon(true);
  }

  /** Begins; what was missed fires at once. */
  public void start() {
    thread.start();
  }

  /** Returns when nothing fires any more; within a moment. */
  public void stop() throws InterruptedException {
    stopping = true;
    changes.signal();
    thread.join();
  }

  private void work() {
    while (!stopping) {
      long seen = changes.count();
      try {
        book.fireWhatIsDue();
      } catch (IOException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "a schedule is due and that cannot be stored ({0}); trying again",
            Words.of(e));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "schedules: {0}", Words.of(e));
      }
      Duration wait =
          book.untilNext()
              .map(next -> next.compareTo(LOOK_AGAIN) < 0 ? next : LOOK_AGAIN)
              .orElse(NOTHING_TO_DO);
      changes.awaitBeyond(seen, wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait);
    }
  }
}
