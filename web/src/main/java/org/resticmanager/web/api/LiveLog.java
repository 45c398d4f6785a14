package org.resticmanager.web.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobSearch;
import org.resticmanager.joblog.JobLogNews;
import org.resticmanager.joblog.JobLogs;
import org.resticmanager.joblog.LogLine;
import org.resticmanager.protocol.wire.JobStatus;

/**
 * One reader who reads along with one job: gets each line as an event whose id is the line's
 * number, a comment while there is nothing to say, and at the job's end the event {@code end}.
 *
 * <p>Closing: the first counts, later calls do nothing, any thread.
 */
final class LiveLog {

  private static final Logger LOG = Logger.getLogger(LiveLog.class.getName());

  private static final int LINES = 500;

  /** What may be between us and the reader takes a connection that is silent for longer as dead. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** A wake-up may be lost; this is surer. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /** After that the reader has to come back and be let in again. */
  static final Duration LONGEST = Duration.ofHours(1);

  /** Who has not taken one event by then reads no more. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final JobId job;
  private final SseEventSink sink;
  private final Sse sse;
  private final JobLogs logs;
  private final JobSearch jobs;
  private final Executor executor;
  private final Leave leave; // by the working thread only
  private final long opened = System.nanoTime();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicBoolean working = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile long lastLook = opened;
  private volatile long lastSent = opened - SILENCE.toNanos();
  private volatile JobLogNews.Watch watch = () -> {};
  private volatile Runnable whenClosed = () -> {};
  private long after; // by the working thread only

  LiveLog(
      JobId job,
      long after,
      SseEventSink sink,
      Sse sse,
      JobLogs logs,
      JobSearch jobs,
      Executor executor,
      Leave leave) {
    this.job = job;
    this.after = after;
    this.sink = sink;
    this.sse = sse;
    this.logs = logs;
    this.jobs = jobs;
    this.executor = executor;
    this.leave = leave;
  }

  void watchedBy(JobLogNews.Watch news) {
    watch = news;
    if (closed.get()) {
      news.close();
    }
  }

  void whenClosed(Runnable action) {
    whenClosed = action;
  }

  /** There may be something to send. Returns at once; any thread, any number of times. */
  void look() {
    wanted.set(true);
    work();
  }

  /** Called about once a second. */
  void tick() {
    long now = System.nanoTime();
    if (sink.isClosed() || now - opened > LONGEST.toNanos()) {
      close();
    } else if (now - lastLook > LOOK_EVERY.toNanos() || now - lastSent > SILENCE.toNanos()) {
      look();
    }
  }

  private void work() {
    if (closed.get() || !working.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(this::serve);
    } catch (RejectedExecutionException e) {
      working.set(false); // the application stops
      close();
    }
  }

  private void serve() {
    try {
      while (!closed.get() && wanted.getAndSet(false)) {
        send();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      // readers come and go; who wants more comes back with the number of their last line
      LOG.log(Level.FINE, "a reader of the log of job " + job + " is gone", e);
      close();
    } finally {
      working.set(false);
    }
    if (wanted.get()) {
      work();
    }
  }

  /** The status is read first: all lines of a job that has ended are there. */
  private void send() throws InterruptedException, ExecutionException, TimeoutException {
    lastLook = System.nanoTime();
    if (!leave.holds()) {
      close();
      return;
    }
    Optional<JobStatus> status = jobs.statusOf(job);
    List<LogLine> lines;
    do {
      lines = logs.next(job, after, LINES);
      for (LogLine line : lines) {
        if (!leave.holds()) {
          close();
          return;
        }
        send(line(line));
        after = line.seq();
      }
    } while (lines.size() == LINES && !closed.get());
    if (status.isEmpty() || status.get().ended()) {
      send(end(status.map(JobStatus::wireName).orElse("deleted")));
      close();
    } else if (System.nanoTime() - lastSent >= SILENCE.toNanos()) {
      send(sse.newEventBuilder().comment("still here").build());
    }
  }

  private OutboundSseEvent line(LogLine line) {
    return sse.newEventBuilder()
        .id(Long.toString(line.seq()))
        .mediaType(MediaType.TEXT_PLAIN_TYPE)
        .data(String.class, LogLineJson.of(line))
        .build();
  }

  private OutboundSseEvent end(String status) {
    return sse.newEventBuilder()
        .name("end")
        .mediaType(MediaType.TEXT_PLAIN_TYPE)
        .data(String.class, LogLineJson.end(status))
        .build();
  }

  /** Returns when the reader's server has taken it. */
  private void send(OutboundSseEvent event)
      throws InterruptedException, ExecutionException, TimeoutException {
    sink.send(event).toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    lastSent = System.nanoTime();
  }

  void close() {
    if (closed.compareAndSet(false, true)) {
      watch.close();
      whenClosed.run();
      sink.close();
    }
  }
}
