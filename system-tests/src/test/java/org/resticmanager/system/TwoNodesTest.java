package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
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

  private static final Duration AT_ONCE = Duration.ofSeconds(1);

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
