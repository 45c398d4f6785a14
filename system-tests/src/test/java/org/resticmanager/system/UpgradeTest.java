package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two nodes of the release before become nodes of this one, one after the other, while a fleet is
 * at work and an agent of the release before backs up with a real restic. Only for {@code
 * ci/upgrade}, which builds the release before.
 */
@Tag("slow")
@Tag("standalone")
@Tag("upgrade")
@ExtendWith(FailureReport.class)
class UpgradeTest {

  private static final String GROUP = "files";
  private static final int AGENTS = 30;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String BACKUP = "backup --json";

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void nodesAreUpgradedOneAfterTheOtherWithoutLosingOrDoublingAJob() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    Map<String, String> settings =
        Map.of(
            "RESTIC_MANAGER_SECRET_KEY",
            Base64.getEncoder().encodeToString(key),
            "RESTIC_MANAGER_TRUSTED_PROXIES",
            "127.0.0.1");
    try (ExternalDatabase database = new ExternalDatabase();
        ControlPlane one = before(database, settings)) {
      Admin admin = one.admin();
      try (ControlPlane other = before(database, settings);
          Balancer balancer = new Balancer(List.of(one, other));
          AgentHost machine =
              new AgentHost(
                  "upgraded",
                  Project.newestRestic(),
                  Project.releaseBefore("restic-manager-agent.jar"))) {
        HeldRestic held = new HeldRestic(machine.folder(), Project.newestRestic());
        machine.withRestic(Optional.of(held.program()));
        String host = machine.join(one, balancer.url());
        admin.connect(
            host,
            admin.addRepository(
                "upgraded", machine.newFolder("repository").resolve("here").toString(), "secret"));
        Path files = machine.newFolder("source");
        SourceFiles.large(files.resolve("large"), 4, 1);
        admin.putSourceGroup(host, GROUP, List.of(files.toString()));
        admin.awaitInit(host);

        List<Peer.Enrolled> machines = enrol(one, balancer);
        Map<String, SimulatedAgent> fleet = new ConcurrentHashMap<>();
        machines.forEach(enrolled -> fleet.put(enrolled.host(), new SimulatedAgent(enrolled)));
        Api api = balancer.api().withToken(admin.api().token().orElseThrow());
        try (Feeder feeder = new Feeder(machines, fleet, GROUP, api)) {
          feeder.awaitMore(AGENTS);
          held.hold(BACKUP);
          String running = admin.runNow(host, GROUP);
          held.awaitReached(BACKUP);

          upgrade(one);
          feeder.awaitMore(AGENTS);
          // the tables are this release's now: a node of the release before goes on, and comes back
          other.stop();
          other.start();
          feeder.awaitMore(AGENTS);
          upgrade(other);
          feeder.awaitMore(AGENTS);

          held.release(BACKUP);
          assertThat(one.admin().awaitEnd(running, LIMIT).getString("status"))
              .as("the backup that ran meanwhile")
              .isEqualTo("succeeded");
          String next = one.admin().runNow(host, GROUP);
          assertThat(one.admin().awaitEnd(next, LIMIT).getString("status"))
              .as("the next one, by the agent of the release before")
              .isEqualTo("succeeded");
          await("the two snapshots are known")
              .atMost(LIMIT)
              .until(() -> one.admin().snapshots(host).size() == 2);
          feeder.close();
          JobsOnce.awaitIdle(database);
          System.out.println(
              JobsOnce.check(database, fleet, feeder.queued()) + " jobs during the upgrade");
        } finally {
          fleet.values().forEach(SimulatedAgent::close);
        }
      }
    }
  }

  private static ControlPlane before(ExternalDatabase database, Map<String, String> settings) {
    return new ControlPlane(Project.releaseBefore("restic-manager.jar"), database, settings);
  }

  private static void upgrade(ControlPlane node) {
    node.stop();
    node.upgrade();
    node.start();
  }

  private static List<Peer.Enrolled> enrol(ControlPlane node, Balancer balancer) {
    Admin admin = node.admin();
    String repository = admin.addRepository("shared", "/nowhere/shared", "secret");
    List<Peer.Enrolled> machines = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      Peer.Enrolled machine = Peer.Enrolled.at(node, admin, "fleet-" + i);
      admin.connect(machine.host(), repository);
      admin.putSourceGroup(machine.host(), GROUP, List.of("/somewhere"));
      machines.add(machine.at(balancer.url()));
    }
    return machines;
  }
}
