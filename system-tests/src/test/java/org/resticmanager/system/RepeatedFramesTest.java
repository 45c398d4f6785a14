package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** What an agent says of a job counts once, however often and in whatever order it is heard. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class RepeatedFramesTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long LINES = 20;

  private ControlPlane controlPlane;
  private Admin admin;

  @BeforeEach
  void use(ControlPlane shared) {
    controlPlane = shared;
    admin = shared.admin();
  }

  @Test
  void everythingThatIsSaidTwiceCountsOnce() {
    Order order = order("twice");
    String job = order.job();
    try (Peer peer = order.peer()) {
      for (int time = 0; time < 2; time++) {
        peer.start(job);
        peer.start(job);
        lines(peer, job);
        peer.finish(job, "succeeded", 0);
      }

      assertSucceededOnce(order);
    }
  }

  @Test
  void endThatComesBeforeEverythingElseCounts() {
    Order order = order("backwards");
    String job = order.job();
    try (Peer peer = order.peer()) {
      peer.finish(job, "succeeded", 0);
      progress(peer, job);
      lines(peer, job);
      peer.start(job);

      assertSucceededOnce(order);
      assertThat(admin.job(job).containsKey("progress")).as("progress after the end").isFalse();
    }
  }

  @Test
  void firstEndCountsWhateverIsSaidAfterIt() {
    Order order = order("second-thoughts");
    String job = order.job();
    try (Peer peer = order.peer()) {
      peer.start(job);
      lines(peer, job);
      peer.finish(job, "succeeded", 0);

      peer.finish(job, "failed", 1, "no, it has failed");
      refuse(peer, job);
      peer.finish(job, "cancelled", 130);

      assertSucceededOnce(order);
    }
  }

  @Test
  void refusalOfAJobThatHasBegunIsNoEnd() {
    Order order = order("refused-late");
    String job = order.job();
    try (Peer peer = order.peer()) {
      peer.start(job);

      refuse(peer, job);
      lines(peer, job);
      peer.finish(job, "succeeded", 0);

      assertSucceededOnce(order);
    }
  }

  @Test
  void resultThatIsRepeatedOnAnotherConnectionIsConfirmedOnceMoreAndChangesNothing() {
    Order order = order("once-more");
    String job = order.job();
    try (Peer peer = order.peer()) {
      peer.start(job);
      lines(peer, job);
      peer.finish(job, "succeeded", 0);
      assertSucceededOnce(order);
    }
    JsonObject ended = admin.job(job);
    try (Peer peer = order.machine().hello("ack", "resume")) {
      lines(peer, job);
      peer.finish(job, "failed", 1);

      awaitConfirmed(peer, job);
      assertThat(peer.received("command.run")).isEmpty();
      assertThat(admin.job(job)).isEqualTo(ended);
      assertLogIsComplete(job);
    }
  }

  /**
   * What an agent has been told to do.
   *
   * @param peer the agent
   */
  private record Order(Enrolled machine, String job, Peer peer) {}

  private Order order(String name) {
    Enrolled machine = Peer.ready(controlPlane, name, GROUP);
    String job = admin.runNow(machine.host(), GROUP);
    Peer peer = machine.hello("ack", "resume");
    peer.awaitCommand(command -> command.getString("job_id").equals(job));
    return new Order(machine, job, peer);
  }

  private void assertSucceededOnce(Order order) {
    Enrolled machine = order.machine();
    String job = order.job();
    Peer peer = order.peer();
    awaitConfirmed(peer, job);
    // nothing that was said before is still to come when the next job is under way
    String next = admin.runNow(machine.host(), GROUP);
    peer.awaitCommand(command -> command.getString("job_id").equals(next));
    peer.start(next);
    peer.finish(next, "succeeded", 0);
    admin.awaitEnd(next, LIMIT);

    JsonObject ended = admin.job(job);
    assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("succeeded");
    assertThat(ended.getInt("exitCode")).isZero();
    assertThat(Admin.error(ended)).isEmpty();
    assertThat(peer.received("command.run"))
        .extracting(command -> command.getString("job_id"))
        .containsExactly(job, next);
    assertThat(admin.jobs(machine.host()))
        .extracting(each -> each.getString("kind"))
        .containsExactly("backup", "backup", "init");
    assertThat(peer.received("error")).isEmpty();
    assertLogIsComplete(job);
  }

  private void assertLogIsComplete(String job) {
    assertThat(admin.log(job))
        .extracting(line -> line.getString("text"))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, LINES).mapToObj(seq -> "line " + seq).toList());
  }

  private static void awaitConfirmed(Peer peer, String job) {
    await("all of job " + job + " is confirmed")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                ack(peer, job, ack -> ack.getBoolean("finished", false))
                    && ack(peer, job, ack -> ack.getInt("seq", 0) == LINES));
  }

  private static boolean ack(Peer peer, String job, Predicate<JsonObject> which) {
    return peer.received("event.ack").stream()
        .anyMatch(ack -> ack.getString("job_id").equals(job) && which.test(ack));
  }

  private static void lines(Peer peer, String job) {
    for (long seq = 1; seq <= LINES; seq++) {
      peer.say(
          "log.stream",
          Json.createObjectBuilder()
              .add("job_id", job)
              .add("seq", seq)
              .add("ts", "2026-03-01T12:00:00Z")
              .add("stream", "stdout")
              .add("payload", "line " + seq));
    }
  }

  private static void progress(Peer peer, String job) {
    peer.say(
        "job.progress",
        Json.createObjectBuilder()
            .add("job_id", job)
            .add("percent_done", 0.5)
            .add("files_done", 1)
            .add("total_files", 2)
            .add("bytes_done", 1)
            .add("total_bytes", 2)
            .add("eta_seconds", 1)
            .add("throughput_bps", 1));
  }

  private static void refuse(Peer peer, String job) {
    peer.say(
        "command.result",
        Json.createObjectBuilder()
            .add("job_id", job)
            .add("accepted", false)
            .add("error", "no room"));
  }
}
