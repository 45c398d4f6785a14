package org.resticmanager.web.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.resticmanager.job.JobDetails;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/**
 * A step on a job's way, and how it stands there.
 *
 * @param key of its word
 * @param standing of it
 */
public record JobPhase(String key, Standing standing) {

  private static final List<String> BACKUP = List.of("waiting", "opening", "saving", "finishing");
  private static final List<String> OTHERS = List.of("waiting", "running");

  /** How a step stands. */
  public enum Standing {
    DONE("check"),
    NOW("running"),
    STOPPED("cross"),
    AHEAD("circle-dashed");

    private final String icon;

    Standing(String icon) {
      this.icon = icon;
    }

    /** Its symbol. */
    public String icon() {
      return icon;
    }

    /** The key of its word, and its style. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** All steps of a job, in their order; the last is its end. */
  static List<JobPhase> of(JobDetails job) {
    List<String> steps = job.kind() == JobKind.BACKUP ? BACKUP : OTHERS;
    boolean through = job.status() == JobStatus.SUCCEEDED;
    int reached = through ? steps.size() : reached(job);
    List<JobPhase> phases = new ArrayList<>();
    for (int step = 0; step < steps.size(); step++) {
      phases.add(new JobPhase(steps.get(step), standing(job, step, reached)));
    }
    phases.add(new JobPhase("end", through ? Standing.DONE : Standing.AHEAD));
    return phases;
  }

  private static Standing standing(JobDetails job, int step, int reached) {
    if (step != reached) {
      return step < reached ? Standing.DONE : Standing.AHEAD;
    }
    return job.status().ended() ? Standing.STOPPED : Standing.NOW;
  }

  private static int reached(JobDetails job) {
    if (job.startedAt() == null) {
      return 0;
    }
    if (job.kind() != JobKind.BACKUP || job.progress() == null) {
      return 1;
    }
    // restic has yet to write the index and the snapshot when all data is there
    return job.progress().percentDone() < 1 ? 2 : 3;
  }
}
