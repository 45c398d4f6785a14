package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.resticmanager.host.HostId;
import org.resticmanager.repository.RepositoryId;

/**
 * The jobs that have ended here and that their agents tell once more, because the confirmation did
 * not reach them: what they say of a repository is as old as the job. Of the agents of this node,
 * each as it said when it connected. Any thread.
 */
@ApplicationScoped
class RetoldJobs {

  private final Map<HostId, Telling> byHost = new ConcurrentHashMap<>();

  /**
   * A job that is told once more.
   *
   * @param sentAt when its agent got it
   * @param repository what it was about; null if that is not known any more
   * @param endTold its agent has told its end already, and so all that it has found; else we took
   *     it for ended
   */
  record Retold(JobId id, Instant sentAt, RepositoryId repository, boolean endTold) {}

  /**
   * @param jobs those whose end has not come yet
   * @param now the one of which the agent tells; null if it has not begun with one
   */
  private record Telling(Map<JobId, Retold> jobs, JobId now) {

    Telling without(JobId job) {
      Map<JobId, Retold> others =
          jobs.values().stream()
              .filter(each -> !each.id().equals(job))
              .collect(Collectors.toMap(Retold::id, Function.identity()));
      return others.isEmpty() ? null : new Telling(others, job.equals(now) ? null : now);
    }
  }

  /** An agent has connected, and holds these of the jobs that have ended here. */
  void expect(HostId host, Stream<Retold> jobs) {
    Map<JobId, Retold> held = jobs.collect(Collectors.toMap(Retold::id, Function.identity()));
    if (held.isEmpty()) {
      byHost.remove(host);
    } else {
      byHost.put(host, new Telling(held, null));
    }
  }

  /** What the agent tells from now on is of this job. */
  void begun(HostId host, JobId job) {
    byHost.computeIfPresent(host, (key, telling) -> new Telling(telling.jobs(), job));
  }

  /** The agent has told the end of this job. */
  void ended(HostId host, JobId job) {
    byHost.computeIfPresent(host, (key, telling) -> telling.without(job));
  }

  /**
   * Whether what the agent tells now was told before, or is not of the repository that the host
   * backs up to.
   *
   * @param repository the host's
   */
  boolean nothingNew(HostId host, Supplier<Optional<RepositoryId>> repository) {
    return Optional.ofNullable(byHost.get(host))
        .flatMap(telling -> Optional.ofNullable(telling.now()).map(telling.jobs()::get))
        .filter(
            job -> job.endTold() || !Optional.ofNullable(job.repository()).equals(repository.get()))
        .isPresent();
  }

  /** When the first of them was sent; empty if there are none. */
  Optional<Instant> firstSentAt(HostId host) {
    return Optional.ofNullable(byHost.get(host)).stream()
        .flatMap(telling -> telling.jobs().values().stream())
        .map(Retold::sentAt)
        .min(Instant::compareTo);
  }
}
