package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.resticmanager.system.Peer.Enrolled;

/** Agents that read nothing keep nobody else waiting, however many they are. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class DeafAgentsTest {

  private static final String GROUP = "files";
  private static final int WORKERS = 2;
  private static final Duration FAIR = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** More than lies between server and agent in the buffers of TCP. */
  private static final int PUSHES = 24;

  private static final int PATHS = 900;

  @Test
  void moreOfThemThanThereAreThreadsDoNotKeepAnotherOneWaitingAndAreCutOffInTheEnd() {
    try (ControlPlane controlPlane =
        new ControlPlane(Map.of("RESTIC_MANAGER_AGENT_WORKERS", Integer.toString(WORKERS)))) {
      Admin admin = controlPlane.admin();
      Enrolled hearing = Peer.ready(controlPlane, "hearing", GROUP);
      List<DeafPeer> deaf = new ArrayList<>();
      List<String> hosts = new ArrayList<>();
      try (Peer peer = hearing.hello("ack", "resume")) {
        peer.await1("schedule.set");
        for (int i = 0; i <= WORKERS; i++) {
          Enrolled machine = Peer.ready(controlPlane, "deaf-" + i, GROUP);
          hosts.add(machine.host());
          admin.putSchedule(machine.host(), "yearly", "0 0 1 1 *", GROUP);
          deaf.add(new DeafPeer(machine));
          await("it is connected").atMost(LIMIT).until(() -> online(admin, machine.host()));
          pushMuch(admin, machine.host());
        }

        long began = System.nanoTime();
        String job = admin.runNow(hearing.host(), GROUP);
        assertThat(peer.awaitCommand(command -> command.getString("job_id").equals(job)))
            .isEqualTo(job);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(FAIR);

        pushMuch(admin, hosts.get(0));
        pushMuch(admin, hosts.get(0));
        deaf.get(0).awaitEnd();
      } finally {
        deaf.forEach(DeafPeer::close);
      }
    }
  }

  private static boolean online(Admin admin, String host) {
    return admin.host(host).getBoolean("online");
  }

  /** Each change of the source group sends the host its whole list. */
  private static void pushMuch(Admin admin, String host) {
    for (int push = 0; push < PUSHES; push++) {
      String name = "/" + push + "/" + "x".repeat(500) + "/";
      admin.putSourceGroup(
          host, GROUP, IntStream.range(0, PATHS).mapToObj(path -> name + path).toList());
    }
  }
}
