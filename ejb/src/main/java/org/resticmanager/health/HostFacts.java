package org.resticmanager.health;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobId;
import org.resticmanager.source.Timing;

/**
 * What a host is judged by.
 *
 * @param enrolledAt when it was enrolled
 * @param seen whether its agent has ever connected
 * @param restic whether the agent has found restic
 * @param connected whether it is connected to a repository
 * @param zone of its clock; null if unknown
 */
record HostFacts(
    HostId host,
    Instant enrolledAt,
    boolean seen,
    boolean restic,
    boolean connected,
    ZoneId zone,
    List<Group> groups) {

  HostFacts {
    groups = List.copyOf(groups);
  }

  /**
   * A source group.
   *
   * @param running whether a backup of it runs
   * @param success the newest backup that succeeded
   * @param failure the newest one that ended, if it failed
   */
  record Group(
      String name,
      Instant createdAt,
      boolean running,
      Optional<Success> success,
      Optional<Failure> failure,
      List<Expectation> schedules) {

    Group {
      schedules = List.copyOf(schedules);
    }
  }

  /**
   * A backup that succeeded.
   *
   * @param flagged whether it is to be looked at all the same
   */
  record Success(JobId job, Instant queuedAt, Instant finishedAt, boolean flagged) {}

  /** A backup that failed. */
  record Failure(JobId job, Instant finishedAt) {}

  /**
   * An enabled schedule of a source group.
   *
   * @param since what fired before this counts for nothing
   */
  record Expectation(Timing timing, Instant since) {}
}
