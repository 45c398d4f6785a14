package org.resticmanager.web.ui;

import java.time.Duration;
import java.time.Instant;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobOutline;

/**
 * A job as a line of a list.
 *
 * @param job the job
 * @param state for the badge
 * @param title what it does, in words
 */
public record JobRow(JobDetails job, State state, String title) {

  static JobRow of(JobDetails job, Wording wording) {
    JobOutline outline = job.outline();
    return new JobRow(job, State.of(outline), title(outline, wording));
  }

  static String title(JobOutline job, Wording wording) {
    return job.sourceGroup() == null
        ? wording.text("job.kind." + job.kind().wireName())
        : wording.text(
            "job.kind." + job.kind().wireName() + ".of", wording.visible(job.sourceGroup()));
  }

  /** When something last happened to it. */
  public Instant lastMoment() {
    return job.outline().lastMoment();
  }

  /** How long it ran; null if it has not been started and ended. */
  public Duration duration() {
    return job.startedAt() == null || job.finishedAt() == null
        ? null
        : Duration.between(job.startedAt(), job.finishedAt());
  }
}
