package org.resticmanager.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.ScheduleFire;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.source.Blackouts;
import org.resticmanager.source.ScheduleDetails;
import org.resticmanager.source.Schedules;
import org.resticmanager.source.SourceGroupDetails;

/** The backups for which schedules ask. */
@Stateless
@PermitAll
public class ScheduledBackups {

  /** A fire older than this was missed while the agent was cut off; more may follow it. */
  private static final Duration LATE = Duration.ofSeconds(90);

  /** So long the job of a missed fire waits for newer ones, which it then stands for as well. */
  private static final Duration GATHERING = Duration.ofSeconds(10);

  /**
   * The most that a host's clock may be ahead. One fire of a far future would make all that come
   * before it old.
   */
  private static final Duration AHEAD = Duration.ofHours(25);

  @Inject private JobStore store;
  @Inject private ScheduleFireStore fires;
  @Inject private Schedules schedules;
  @Inject private Blackouts blackouts;
  @Inject private Repositories repositories;
  @Inject private InitOnce initOnce;
  @Inject private Clock clock;
  @Inject private Event<JobQueued> queued;

  /**
   * Queues one backup for each source group of a schedule that has fired. May be repeated: each
   * (schedule, source group, scheduled moment) starts one job at most, and an agent repeats the
   * newest fire of a schedule over each connection. A fire older than one that has been told
   * already starts nothing, and one that finds the job of an older fire still waiting is done by
   * that job: whoever was away for a week wants one backup, not seven.
   *
   * @throws org.resticmanager.source.UnknownSchedule if the host has no such schedule, or it is
   *     disabled
   * @throws Invalid if the moment lies in the future
   * @throws Conflict if the host is not connected to a repository
   */
  public void fired(HostId host, ScheduleFire fire) {
    ScheduleDetails schedule = schedules.fired(host, fire.scheduleId());
    Instant now = clock.instant();
    Instant scheduledAt = fire.scheduledAt().truncatedTo(ChronoUnit.MICROS);
    if (scheduledAt.isAfter(now.plus(AHEAD))) {
      throw new Invalid("scheduled_at", "lies more than a day ahead: check the host's clock");
    }
    RepositoryDetails repository =
        repositories
            .of(host)
            .orElseThrow(
                () ->
                    new Conflict(
                        "no-repository",
                        "The host is connected to no repository: nothing is run."));
    if (fires.isKnown(schedule.id(), scheduledAt)) {
      // told again; a source group that the schedule got since has not missed it
      return;
    }
    // one fire at a time decides what waits, and nothing that waits is sent meanwhile
    store.lockQueue(host);
    for (SourceGroupDetails group : schedule.sourceGroups()) {
      if (fires.insert(schedule.id(), group.id(), scheduledAt, now)
          && !fires.hasLater(schedule.id(), group.id(), scheduledAt)) {
        Optional<JobId> waiting = fires.waiting(schedule.id(), group.id());
        waiting.flatMap(store::find).ifPresent(Job::hurry);
        JobId job = waiting.orElseGet(() -> queue(host, repository, schedule, group, scheduledAt));
        fires.startedBy(schedule.id(), group.id(), scheduledAt, job);
      }
    }
    queued.fire(new JobQueued(host));
  }

  private static Instant begin(ScheduleDetails schedule, Instant scheduledAt, Instant now) {
    boolean late = scheduledAt.plus(LATE).isBefore(now);
    Duration jitter = schedule.timing().jitter(schedule.id(), scheduledAt);
    return (late ? now.plus(GATHERING) : earlier(scheduledAt, now)).plus(jitter);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private JobId queue(
      HostId host,
      RepositoryDetails repository,
      ScheduleDetails schedule,
      SourceGroupDetails group,
      Instant scheduledAt) {
    Instant now = clock.instant();
    String actor = "schedule " + schedule.name();
    initOnce.queueIfNeeded(host, repository, actor);
    Job job = new Job(host, repository.id(), JobKind.BACKUP, actor, now);
    job.of(group);
    job.retryIfItFails();
    Instant begin = begin(schedule, scheduledAt, now);
    Instant allowed = blackouts.allowed(host, begin);
    if (allowed.isAfter(begin)) {
      job.afterBlackout(allowed);
    } else if (begin.isAfter(now)) {
      job.notBefore(begin);
    }
    store.insert(job);
    return job.id();
  }
}
