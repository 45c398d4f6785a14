package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.Cookie;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
  private static final int MOST_WAITING = 2 * AGENTS;

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
    Feeder feeder = new Feeder(machines, fleet);
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
        int before = feeder.queued().size();
        await("there is work").atMost(LIMIT).until(() -> feeder.queued().size() > before + AGENTS);
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
      feeder.stop();
      await("nothing is left to do")
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> count("select count(*) from job where status in ('queued','running')") == 0);
    } finally {
      feeder.stop();
      fleet.values().forEach(SimulatedAgent::close);
    }
    check(fleet, feeder.queued());
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

  /** Whoever looks at the database and at the agents' own books only. */
  private static void check(Map<String, SimulatedAgent> fleet, Set<String> queued) {
    List<String> rows = nodes.database().query("select host_id, id, status from job");
    Map<String, List<String>> byHost =
        rows.stream()
            .map(row -> row.split("\\|"))
            .filter(row -> fleet.containsKey(row[0]))
            .collect(
                Collectors.groupingBy(
                    row -> row[0], Collectors.mapping(row -> row[1], Collectors.toList())));
    assertThat(rows).allMatch(row -> row.endsWith("|succeeded"));
    fleet.forEach(
        (host, agent) ->
            assertThat(agent.begun())
                .as("what the agent of host " + host + " has begun")
                .containsExactlyInAnyOrderElementsOf(byHost.getOrDefault(host, List.of())));
    Set<String> known = new HashSet<>();
    byHost.values().forEach(known::addAll);
    assertThat(known).as("whatever was promised").containsAll(queued);
    assertThat(
            nodes
                .database()
                .query(
                    "select job_id, count(*) from job_log_line group by job_id having count(*) <> "
                        + SimulatedAgent.LINES))
        .as("logs that are not whole")
        .isEmpty();
    assertThat(count("select count(distinct job_id) from job_log_line")).isEqualTo(rows.size());
    System.out.println(
        rows.size()
            + " jobs, "
            + queued.size()
            + " of them promised, in "
            + LASTS.toSeconds()
            + " s");
  }

  private static long count(String query) {
    return Long.parseLong(nodes.database().query(query).get(0));
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

  /** Queues backups by the balancer without end, on any node, for all hosts in turn. */
  private static final class Feeder {

    private final List<Peer.Enrolled> machines;
    private final Map<String, SimulatedAgent> fleet;
    private final Set<String> queued = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::feed, "feeder");
    private volatile boolean stopping;

    Feeder(List<Peer.Enrolled> machines, Map<String, SimulatedAgent> fleet) {
      this.machines = machines;
      this.fleet = fleet;
      thread.start();
    }

    /** What the control plane has said it would do. */
    Set<String> queued() {
      return Set.copyOf(queued);
    }

    private void feed() {
      Api api = balancer.api().withToken(nodes.admin().api().token().orElseThrow());
      for (int i = 0; !stopping; i++) {
        if (queued.size() - begun() > MOST_WAITING) {
          await().pollDelay(Duration.ofMillis(100)).until(() -> true);
          continue;
        }
        String host = machines.get(i % machines.size()).host();
        try {
          Api.Reply reply = api.post(Admin.sourceGroup(host, GROUP) + "/runs");
          if (reply.status() == 202) {
            queued.add(reply.json().getString("id"));
          }
        } catch (UncheckedIOException e) {
          // the node has died meanwhile: nobody has promised anything
        }
      }
    }

    private int begun() {
      return fleet.values().stream().mapToInt(agent -> agent.begun().size()).sum();
    }

    void stop() {
      stopping = true;
      try {
        thread.join(LIMIT.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
