package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.resticmanager.web.ui.JobPhase.Standing.AHEAD;
import static org.resticmanager.web.ui.JobPhase.Standing.DONE;
import static org.resticmanager.web.ui.JobPhase.Standing.NOW;
import static org.resticmanager.web.ui.JobPhase.Standing.STOPPED;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

class JobPhaseTest {

  @Test
  void backupGoesFromWaitingToItsEnd() {
    SomeJob job = new SomeJob(JobKind.BACKUP);
    assertThat(standings(job.status(JobStatus.QUEUED)))
        .containsExactly(NOW, AHEAD, AHEAD, AHEAD, AHEAD);
    assertThat(standings(job.started())).containsExactly(DONE, NOW, AHEAD, AHEAD, AHEAD);
    assertThat(standings(job.started().done(0.5))).containsExactly(DONE, DONE, NOW, AHEAD, AHEAD);
    assertThat(standings(job.started().done(1))).containsExactly(DONE, DONE, DONE, NOW, AHEAD);
    assertThat(standings(job.status(JobStatus.SUCCEEDED)))
        .containsExactly(DONE, DONE, DONE, DONE, DONE);
  }

  @Test
  void jobThatFailsSaysInWhichStep() {
    SomeJob job = new SomeJob(JobKind.BACKUP).started();
    assertThat(standings(job.status(JobStatus.FAILED)))
        .containsExactly(DONE, STOPPED, AHEAD, AHEAD, AHEAD);
    assertThat(standings(job.done(0.2).status(JobStatus.FAILED)))
        .containsExactly(DONE, DONE, STOPPED, AHEAD, AHEAD);
  }

  @Test
  void jobThatIsCancelledBeforeItBeginsEndsWhileItWaits() {
    assertThat(standings(new SomeJob(JobKind.CHECK).status(JobStatus.CANCELLED)))
        .containsExactly(STOPPED, AHEAD, AHEAD);
  }

  private static List<JobPhase.Standing> standings(SomeJob job) {
    return JobPhase.of(job.details()).stream().map(JobPhase::standing).toList();
  }
}
