package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** A host that does not come back, and one that does after all. */
@Tag("slow")
@Tag("standalone")
@ExtendWith(FailureReport.class)
class LostHostTest {

  private static final String GROUP = "files";

  /** Just longer than a host may be away. */
  private static final Duration A_DAY_AND_MORE = Duration.ofHours(25);

  /** The control plane looks every minute. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Test
  void itsJobHasFailedAfterADayAndIsTriedAgainUntilItsAgentTellsThatItWasDone() {
    try (Scratch scratch = new Scratch("clock")) {
      SetClock clock = new SetClock(scratch.folder());
      try (ControlPlane controlPlane = new ControlPlane(clock.environment())) {
        Admin first = controlPlane.admin();
        Enrolled machine = Peer.ready(controlPlane, "lost", GROUP);
        String job = first.runNowWithRetry(machine.host(), GROUP);
        try (Peer peer = machine.hello("ack", "resume")) {
          peer.awaitCommand(command -> command.getString("job_id").equals(job));
          peer.start(job);
          await("it runs")
              .atMost(LIMIT)
              .until(() -> first.job(job).getString("status").equals("running"));
          peer.cut();
        }

        clock.setAhead(A_DAY_AND_MORE);
        controlPlane.adminWasMade(); // signed in anew: the session was of yesterday
        Admin admin = controlPlane.admin();

        JsonObject lost = admin.awaitEnd(job, LIMIT);
        assertThat(lost.getString("status")).isEqualTo("failed");
        assertThat(Admin.error(lost)).startsWith("host lost").contains("24 hours");
        assertThat(lost.getString("lostAt")).isNotBlank();
        String retry = newestJob(admin, machine);
        assertThat(retry).isNotEqualTo(job);
        assertThat(admin.job(retry).getInt("attempt")).isEqualTo(2);

        tellThatItWasDone(machine, job);

        JsonObject done = admin.job(job);
        assertThat(done.getString("status")).isEqualTo("succeeded");
        assertThat(done.getString("lostAt")).isEqualTo(lost.getString("lostAt"));
        assertThat(admin.job(retry).getString("status")).isEqualTo("cancelled");
      }
    }
  }

  private static String newestJob(Admin admin, Enrolled machine) {
    return admin.jobs(machine.host()).get(0).getString("id");
  }

  /** The agent was alone all the time, and has only now found its way back. */
  private static void tellThatItWasDone(Enrolled machine, String job) {
    try (Peer peer = machine.connect()) {
      peer.say(
          "hello",
          Json.createObjectBuilder()
              .add("protocol_version", 1)
              .add("hostname", "lost")
              .add("features", Json.createArrayBuilder().add("ack").add("resume"))
              .add(
                  "jobs",
                  Json.createArrayBuilder()
                      .add(
                          Json.createObjectBuilder()
                              .add("job_id", job)
                              .add("status", "succeeded")
                              .add("last_seq", 0))));
      peer.finish(job, "succeeded", 0);
      peer.await1(
          "event.ack",
          ack -> ack.getString("job_id").equals(job) && ack.getBoolean("finished", false));
    }
  }
}
