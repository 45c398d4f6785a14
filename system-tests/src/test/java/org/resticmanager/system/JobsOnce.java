package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whoever looks at the database and at the agents' own books only: was each job run once? */
final class JobsOnce {

  private static final Duration LIMIT = Duration.ofMinutes(4);

  private JobsOnce() {}

  /** Returns when nothing is left to do. */
  static void awaitIdle(ExternalDatabase database) {
    await("nothing is left to do")
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                count(database, "select count(*) from job where status in ('queued','running')")
                    == 0);
  }

  /**
   * Compares; returns how many jobs there are.
   *
   * @param fleet the agents by host
   * @param queued what the control plane has said it would do
   */
  static int check(
      ExternalDatabase database, Map<String, SimulatedAgent> fleet, Set<String> queued) {
    List<String[]> rows =
        database.query("select host_id, id, status from job").stream()
            .map(row -> row.split("\\|"))
            .filter(row -> fleet.containsKey(row[0]))
            .toList();
    assertThat(rows).allMatch(row -> row[2].equals("succeeded"));
    Map<String, List<String>> byHost =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row[0], Collectors.mapping(row -> row[1], Collectors.toList())));
    fleet.forEach(
        (host, agent) ->
            assertThat(agent.begun())
                .as("what the agent of host " + host + " has begun")
                .containsExactlyInAnyOrderElementsOf(byHost.getOrDefault(host, List.of())));
    Set<String> known = new HashSet<>();
    byHost.values().forEach(known::addAll);
    assertThat(known).as("whatever was promised").containsAll(queued);
    Set<String> whole =
        Set.copyOf(
            database.query(
                "select job_id from job_log_line group by job_id having count(*) = "
                    + SimulatedAgent.LINES));
    assertThat(whole).as("jobs with a whole log").containsAll(known);
    return rows.size();
  }

  private static long count(ExternalDatabase database, String query) {
    return Long.parseLong(database.query(query).get(0));
  }
}
