package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** Two nodes on one database: what is asked of one holds for the agents of the other. */
@Tag("slow")
@Tag("standalone")
@ExtendWith(FailureReport.class)
class TwoNodesTest {

  private static final String GROUP = "files";
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static ExternalDatabase database;
  private static ControlPlane one;
  private static ControlPlane other;

  @BeforeAll
  static void prepare() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    Map<String, String> settings =
        Map.of("RESTIC_MANAGER_SECRET_KEY", Base64.getEncoder().encodeToString(key));
    database = new ExternalDatabase();
    one = new ControlPlane(database, settings);
    one.admin();
    other = new ControlPlane(database, settings);
  }

  @AfterAll
  static void end() {
    other.close();
    one.close();
    database.close();
  }

  private static String access(Enrolled machine) {
    return "/api/v1/hosts/" + machine.host() + "/agent-token";
  }

  @Test
  void hostThatIsCutOffOnOneNodeLosesItsConnectionToTheOtherAtOnce() {
    Enrolled machine = Enrolled.at(one, "cut-off-elsewhere").at(other.url());
    try (Peer peer = machine.hello("token")) {
      peer.await1("schedule.set");

      one.admin().api().delete(access(machine)).expect(204);

      assertThat(peer.awaitClose(AT_ONCE)).isEqualTo(1008);
      WhoMayComeInTest.assertUpgrade(other, machine.token(), 401);
    }
  }

  @Test
  void agentThatComesByAnotherNodeLeavesNothingBehindOnTheFirst() {
    Enrolled machine = Peer.ready(one, "wandering", GROUP);
    try (Peer left = machine.hello("ack", "resume")) {
      left.await1("schedule.set"); // or it might be the newest
      try (Peer newest = machine.at(other.url()).hello("ack", "resume")) {
        newest.await1("schedule.set");

        assertThat(left.awaitClose(AT_ONCE)).isEqualTo(4002);

        String job = one.admin().runNow(machine.host(), GROUP);
        assertThat(newest.awaitCommand(command -> true)).isEqualTo(job);
        assertThat(left.received("command.run")).isEmpty();
        newest.assertOpen();
      }
    }
  }

  @Test
  void logIsFollowedOnOneNodeWhileTheOtherTakesItIn() {
    Enrolled machine = Peer.ready(one, "read-elsewhere", GROUP);
    String job = one.admin().runNow(machine.host(), GROUP);
    try (Peer peer = machine.at(other.url()).hello("ack", "resume");
        LogReader reader = new LogReader(one.admin().api(), job, "", Optional.empty())) {
      peer.start(peer.awaitCommand(command -> true));
      peer.line(job, 1, "heard elsewhere");

      await("the line")
          .atMost(LIMIT)
          .until(
              () -> reader.events().stream().anyMatch(e -> e.data().contains("heard elsewhere")));

      peer.finish(job, "succeeded", 0);
      await("the end").atMost(LIMIT).until(() -> reader.end().isPresent());
    }
  }

  @Test
  void tokenThatIsToBeReplacedIsReplacedByTheNodeThatHasTheAgent() {
    Enrolled machine = Enrolled.at(one, "replaced-elsewhere").at(other.url());
    try (Peer peer = machine.hello("token")) {
      peer.await1("schedule.set");

      one.admin().api().post(access(machine) + "/rotation").expect(202);

      JsonObject update = peer.await1("token.update");
      WhoMayComeInTest.assertUpgrade(one, update.getString("token"), 101);
      WhoMayComeInTest.assertUpgrade(other, machine.token(), 401);
    }
  }
}
