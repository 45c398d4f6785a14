package org.resticmanager.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.resticmanager.job.JobDetails;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/** Counts the ends of jobs that came by this node, and how long they ran. */
final class JobMeters {

  private static final Duration[] LIMITS = {
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(6),
    Duration.ofHours(24)
  };

  private final MeterRegistry registry;

  /** Makes every series, with nothing in it. */
  JobMeters(MeterRegistry registry) {
    this.registry = registry;
    for (JobKind kind : JobKind.values()) {
      durations(kind);
      for (JobStatus status : JobStatus.values()) {
        if (status.ended()) {
          ends(kind, status);
        }
      }
    }
  }

  void ended(JobDetails job) {
    if (!job.status().ended()) {
      return;
    }
    ends(job.kind(), job.status()).increment();
    if (job.startedAt() != null && job.finishedAt() != null) {
      Duration lasted = Duration.between(job.startedAt(), job.finishedAt());
      durations(job.kind()).record(lasted.isNegative() ? Duration.ZERO : lasted);
    }
  }

  private Counter ends(JobKind kind, JobStatus status) {
    return Counter.builder("restic.manager.jobs.ended")
        .description("Jobs that have ended, as this node was told")
        .tag("kind", kind.wireName())
        .tag("status", status.wireName())
        .register(registry);
  }

  private Timer durations(JobKind kind) {
    return Timer.builder("restic.manager.job.duration")
        .description("How long jobs ran that have ended, as this node was told")
        .tag("kind", kind.wireName())
        .serviceLevelObjectives(LIMITS)
        .register(registry);
  }
}
