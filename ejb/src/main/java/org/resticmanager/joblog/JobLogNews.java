package org.resticmanager.joblog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.resticmanager.job.JobEnded;
import org.resticmanager.job.JobId;
import org.resticmanager.platform.Notifications;
import org.resticmanager.platform.Notified;

/** Tells whoever reads along that a job's log has grown or the job has ended, on whatever node. */
@ApplicationScoped
public class JobLogNews {

  static final String TOPIC = "job-log";

  @Inject private Notifications notifications;

  private final Map<String, List<Runnable>> watchers = new ConcurrentHashMap<>();

  /** Stops the telling; may be called again. */
  @FunctionalInterface
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Has a reader told that there may be something new, until the watch is closed. A hint may be
   * lost: look by yourself now and then, too.
   *
   * @param look called often, on the one thread that listens: must be quick and not throw
   */
  public Watch watch(JobId job, Runnable look) {
    watchers.compute(
        job.toString(),
        (id, others) -> {
          List<Runnable> all = others == null ? new CopyOnWriteArrayList<>() : others;
          all.add(look);
          return all;
        });
    return () -> unwatch(job, look);
  }

  private void unwatch(JobId job, Runnable look) {
    watchers.computeIfPresent(
        job.toString(),
        (id, all) -> {
          all.remove(look);
          return all.isEmpty() ? null : all;
        });
  }

  /** In the transaction of the end: every node hears of it when it is committed. */
  void onEnd(@Observes JobEnded event) {
    notifications.notify(TOPIC, event.job().id().toString());
  }

  void onNotified(@Observes Notified event) {
    if (event.about(TOPIC)) {
      event
          .payload()
          .ifPresentOrElse(
              job -> watchers.getOrDefault(job, List.of()).forEach(Runnable::run),
              () -> watchers.values().forEach(all -> all.forEach(Runnable::run)));
    }
  }
}
