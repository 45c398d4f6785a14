package org.resticmanager.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs work on threads of ours, which the server's factory makes: for observers of a commit, which
 * are still inside the ended transaction, and for whatever must not run on a socket's thread. The
 * work acts for nobody, whoever caused it. A failure is logged.
 *
 * <p>The servers' own executors differ in how many threads they have, and note with each piece of
 * work who gives it to them: on Payara that alone takes a fifth of a millisecond.
 */
@ApplicationScoped
public class Background implements Executor {

  private static final Logger LOG = Logger.getLogger(Background.class.getName());

  /** Most of the work is some statements in the database, whose pool holds about as many. */
  private static final int THREADS = 16;

  @Resource private ManagedThreadFactory factory;

  private ScheduledThreadPoolExecutor threads;

  /** All at once, because a thread may act for whoever caused it to be made. */
  @PostConstruct
  void makeThreads() {
    threads = new ScheduledThreadPoolExecutor(THREADS, factory);
    threads.prestartAllCoreThreads();
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }

  /** Makes its threads, unless they are there. Call it where nobody has asked for anything. */
  public void start() {
    // a call makes the bean, and that makes the threads
  }

  /**
   * Runs it soon.
   *
   * @throws RejectedExecutionException if the application stops
   */
  @Override
  public void execute(Runnable work) {
    threads.execute(guarded(work));
  }

  /** Runs it again and again, with this pause in between, until that is cancelled. */
  public ScheduledFuture<?> every(Duration pause, Runnable work) {
    long millis = pause.toMillis();
    return threads.scheduleWithFixedDelay(guarded(work), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.log(Level.SEVERE, "background work failed", e);
      }
    };
  }
}
