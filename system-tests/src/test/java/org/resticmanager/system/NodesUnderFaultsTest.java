package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.Cookie;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three nodes on one database behind a balancer, a fleet with work without end, and everything dies
 * in turn. {@code -Dnodes.minutes=3} for less patience, {@code -Dnodes.agents=50} for a small
 * machine.
 */
@Tag("slow")
@Tag("standalone")
@ExtendWith(FailureReport.class)
class NodesUnderFaultsTest {

  private static final String GROUP = "files";
  private static final int AGENTS = Integer.getInteger("nodes.agents", 200);
  private static final Duration LASTS = Duration.ofMinutes(Integer.getInteger("nodes.minutes", 10));
  private static final Duration FROZEN =
      LASTS.compareTo(Duration.ofMinutes(10)) < 0 ? Duration.ofSeconds(40) : Duration.ofMinutes(2);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private static Nodes nodes;
  private static Balancer balancer;

  @BeforeAll
  static void prepare() {
    nodes = new Nodes(3, Map.of("RESTIC_MANAGER_TRUSTED_PROXIES", "127.0.0.1"));
    balancer = new Balancer(nodes.all());
  }

  @AfterAll
  static void end() {
    balancer.close();
    nodes.close();
  }

  @Test
  void browserStaysSignedInWhenItsNodeDies() {
    try (Browser browser = new Browser(nodes.node(0), balancer.url())) {
      browser.signIn();
      ControlPlane its = nodes.node(nodeOf(browser));

      its.kill();

      await("another node answers")
          .atMost(BACK_WITHIN)
          .until(
              () -> {
                browser.open("/hosts.xhtml");
                return browser.page().locator("#hosts").count() == 1;
              });
      assertThat(nodes.node(nodeOf(browser))).isNotSameAs(its);
      its.start();
    }
  }

  private static int nodeOf(Browser browser) {
    return browser.page().context().cookies().stream()
        .filter(cookie -> cookie.name.equals("NODE"))
        .map((Cookie cookie) -> cookie.value.substring("node-".length()))
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Timeout(value = 28, unit = TimeUnit.MINUTES)
  void everyJobRunsOnceAlthoughEachNodeDiesOneStandsStillAndTheDatabaseIsRestarted() {
    List<Peer.Enrolled> machines = enrolFleet();
    Map<String, SimulatedAgent> fleet = new ConcurrentHashMap<>();
    machines.forEach(machine -> fleet.put(machine.host(), new SimulatedAgent(machine)));
    Instant end = Instant.now().plus(LASTS);
    Feeder feeder =
        new Feeder(
            machines,
            fleet,
            GROUP,
            balancer.api().withToken(nodes.admin().api().token().orElseThrow()));
    try {
      awaitAllConnected(fleet);
      List<Runnable> faults =
          List.of(
              () -> nodes.node(0).kill(),
              () -> nodes.node(1).kill(),
              () -> nodes.node(2).kill(),
              () -> nodes.database().stop(),
              () -> nodes.node(1).freeze());
      List<Runnable> repairs =
          List.of(
              () -> nodes.node(0).start(),
              () -> nodes.node(1).start(),
              () -> nodes.node(2).start(),
              () -> nodes.database().start(),
              () -> {
                await("it has stood still").pollDelay(FROZEN).atMost(LIMIT).until(() -> true);
                nodes.node(1).thaw();
              });
      for (int i = 0; i < faults.size(); i++) {
        feeder.awaitMore(AGENTS);
        Instant struck = Instant.now();
        faults.get(i).run();
        boolean databaseIsAway = i == 3;
        if (databaseIsAway) {
          repairs.get(i).run();
        }
        awaitAllConnected(fleet);
        report("fault " + i + ": all agents are connected after", struck);
        awaitAllSpokenTo(fleet, struck);
        report("fault " + i + ": all agents were spoken to after", struck);
        if (!databaseIsAway) {
          repairs.get(i).run();
        }
        nodes.all().forEach(ControlPlane::awaitReady);
      }
      await("the time is over")
          .atMost(LASTS.plusMinutes(1))
          .until(() -> Instant.now().isAfter(end));
      feeder.close();
      JobsOnce.awaitIdle(nodes.database());
    } finally {
      feeder.close();
      fleet.values().forEach(SimulatedAgent::close);
    }
    int jobs = JobsOnce.check(nodes.database(), fleet, feeder.queued());
    System.out.println(
        jobs
            + " jobs, "
            + feeder.queued().size()
            + " of them promised, in "
            + LASTS.toSeconds()
            + " s");
  }

  private static void awaitAllConnected(Map<String, SimulatedAgent> fleet) {
    await("all agents are connected")
        .atMost(BACK_WITHIN)
        .until(() -> fleet.values().stream().allMatch(SimulatedAgent::connected));
  }

  /** A socket that is open proves little: a node that stands still answers nobody. */
  private static void awaitAllSpokenTo(Map<String, SimulatedAgent> fleet, Instant since) {
    await("all agents have got work or an answer")
        .atMost(LIMIT)
        .until(() -> fleet.values().stream().allMatch(agent -> agent.lastHeard().isAfter(since)));
  }

  private static void report(String what, Instant since) {
    System.out.println(what + " " + Duration.between(since, Instant.now()).toMillis() + " ms");
  }

  private static List<Peer.Enrolled> enrolFleet() {
    Admin admin = nodes.admin();
    String repository = admin.addRepository("shared", "/nowhere/shared", "secret");
    List<Peer.Enrolled> machines = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      Peer.Enrolled machine = Peer.Enrolled.at(nodes.node(i % 3), admin, "fleet-" + i);
      admin.connect(machine.host(), repository);
      admin.putSourceGroup(machine.host(), GROUP, List.of("/somewhere"));
      machines.add(machine.at(balancer.url()));
    }
    return machines;
  }
}
