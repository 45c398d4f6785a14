package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** Another restic's lock that nobody takes away. */
@Tag("slow")
@Tag("standalone")
@ExtendWith(FailureReport.class)
class EndlessLockTest {

  private static final String GROUP = "files";
  private static final int LOCKED = 11;

  /** Just longer than a job waits for a lock. */
  private static final Duration A_DAY_AND_MORE = Duration.ofHours(25);

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void isWaitedForForADayAndThenTheJobHasFailedForGood() {
    try (Scratch scratch = new Scratch("clock")) {
      SetClock clock = new SetClock(scratch.folder());
      try (ControlPlane controlPlane = new ControlPlane(clock.environment())) {
        Enrolled machine = Peer.ready(controlPlane, "locked-out", GROUP);
        Admin first = controlPlane.admin();
        String job = first.runNowWithRetry(machine.host(), GROUP);
        meetLock(machine, job);
        assertThat(first.awaitEnd(job, LIMIT).getBoolean("metLock")).isTrue();
        String next = first.attempts(job).get(0).getString("id");

        clock.setAhead(A_DAY_AND_MORE);
        controlPlane.adminWasMade(); // signed in anew: the session was of yesterday
        Admin admin = controlPlane.admin();
        meetLock(machine, next);

        JsonObject ended = admin.awaitEnd(next, LIMIT);
        assertThat(ended.getString("status")).isEqualTo("failed");
        assertThat(ended.getBoolean("metLock")).isFalse();
        assertThat(Admin.error(ended))
            .startsWith("The lock was still there after 1440 minutes: ")
            .endsWith("the repository is locked by PID 4711 on nas");
        assertThat(admin.attempts(job)).hasSize(2);
      }
    }
  }

  private static void meetLock(Enrolled machine, String job) {
    try (Peer peer = machine.hello("ack", "resume")) {
      peer.awaitCommand(command -> command.getString("job_id").equals(job));
      peer.start(job);
      peer.finish(job, "failed", LOCKED, "the repository is locked by PID 4711 on nas");
      peer.await1(
          "event.ack",
          ack -> ack.getString("job_id").equals(job) && ack.getBoolean("finished", false));
    }
  }
}
