package org.resticmanager.web.api;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobSearch;
import org.resticmanager.joblog.JobLogNews;
import org.resticmanager.joblog.JobLogSettings;
import org.resticmanager.joblog.JobLogs;
import org.resticmanager.platform.Background;

/**
 * Those who read along with jobs on this node. Each is served by a thread of our own only while
 * there is something to send; a reader that reads slowly keeps that one and no other.
 */
@ApplicationScoped
public class LiveLogs {

  private static final Logger LOG = Logger.getLogger(LiveLogs.class.getName());
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final long THREADS_LAST_SECONDS = 30;

  @Inject private JobLogs logs;
  @Inject private JobSearch jobs;
  @Inject private JobLogNews news;
  @Inject private JobLogSettings settings;
  @Inject private Background background;
  @Resource private ManagedThreadFactory threads;

  private final Set<LiveLog> open = ConcurrentHashMap.newKeySet();
  private int limit;
  private ExecutorService servers;
  private ScheduledFuture<?> ticks;

  @PostConstruct
  void start() {
    limit = settings.maxReaders();
    servers =
        new ThreadPoolExecutor(
            0, limit, THREADS_LAST_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
    ticks = background.every(TICK, this::tick);
  }

  @PreDestroy
  void stop() {
    ticks.cancel(false);
    open.forEach(LiveLog::close);
    servers.shutdownNow();
  }

  /** Whether one more may read. */
  void requireRoom() {
    if (open.size() >= limit) {
      throw new TooManyReaders("restic-manager.job-log.max-readers", limit);
    }
  }

  /** Serves a reader who has been let in, from after a number on, until the job's end. */
  void open(JobId job, long after, SseEventSink sink, Sse sse, BooleanSupplier stillLetIn) {
    Leave leave = new Leave(stillLetIn, LiveLog.LONGEST, System::nanoTime);
    LiveLog live = new LiveLog(job, after, sink, sse, logs, jobs, servers, leave);
    live.whenClosed(() -> open.remove(live));
    open.add(live);
    live.watchedBy(news.watch(job, live::look));
    live.look();
  }

  private void tick() {
    for (LiveLog live : open) {
      try {
        live.tick();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "a reader of a job log is given up", e);
        live.close();
      }
    }
  }
}
