package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many hosts with much to do, and a control plane that dies again and again. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class FleetUnderFaultsTest {

  private static final String GROUP = "files";
  private static final int HOSTS = 50;
  private static final int JOBS_OF_EACH = 10;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** It is killed when so many have begun, of all 550: the repositories are made first. */
  private static final List<Integer> KILLED_AT = List.of(120, 260, 400);

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void fiveHundredJobsOfFiftyHostsRunOnceEachWhileTheServerIsKilledThreeTimes() {
    Map<String, List<String>> jobs = new LinkedHashMap<>();
    List<SimulatedAgent> fleet = new ArrayList<>();
    try (ControlPlane controlPlane = new ControlPlane()) {
      List<Peer.Enrolled> machines = queueEverything(controlPlane, jobs);
      machines.forEach(machine -> fleet.add(new SimulatedAgent(machine)));

      for (int begun : KILLED_AT) {
        await(begun + " jobs have begun")
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> fleet.stream().mapToInt(agent -> agent.begun().size()).sum() >= begun);
        controlPlane.kill();
        controlPlane.start();
      }

      Admin admin = controlPlane.admin();
      for (int i = 0; i < HOSTS; i++) {
        String host = machines.get(i).host();
        List<String> ofHost = jobs.get(host);
        ofHost.forEach(job -> admin.awaitEnd(job, LIMIT));
        admin.awaitIdle(host);
        List<JsonObject> all = admin.jobs(host);
        assertThat(all)
            .extracting(job -> job.getString("status"))
            .hasSize(JOBS_OF_EACH + 1)
            .containsOnly("succeeded");
        assertThat(fleet.get(i).begun())
            .as("what the agent of host " + host + " has begun")
            .containsExactlyInAnyOrderElementsOf(
                all.stream().map(job -> job.getString("id")).toList())
            .containsSubsequence(ofHost);
        ofHost.forEach(job -> assertLogIsComplete(admin, job));
      }
    } finally {
      fleet.forEach(SimulatedAgent::close);
    }
  }

  private static List<Peer.Enrolled> queueEverything(
      ControlPlane controlPlane, Map<String, List<String>> jobs) {
    Admin admin = controlPlane.admin();
    List<Peer.Enrolled> machines = new ArrayList<>();
    for (int i = 0; i < HOSTS; i++) {
      String name = "fleet-" + i;
      Peer.Enrolled machine = Peer.Enrolled.at(controlPlane, name);
      admin.connect(machine.host(), admin.addRepository(name, "/nowhere/" + name, "secret"));
      admin.putSourceGroup(machine.host(), GROUP, List.of("/somewhere"));
      jobs.put(
          machine.host(),
          IntStream.range(0, JOBS_OF_EACH)
              .mapToObj(job -> admin.runNow(machine.host(), GROUP))
              .toList());
      machines.add(machine);
    }
    return machines;
  }

  private static void assertLogIsComplete(Admin admin, String job) {
    assertThat(admin.log(job))
        .extracting(line -> line.getString("text"))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, SimulatedAgent.LINES)
                .mapToObj(seq -> "line " + seq + " of " + job)
                .toList());
  }
}
