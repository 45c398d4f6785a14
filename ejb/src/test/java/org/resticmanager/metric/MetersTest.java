package org.resticmanager.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.container.TestContainer;

/** What Prometheus reads, on a real database. */
class MetersTest {

  private static final Path DOCS = Path.of("../docs");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) \\S+$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
  private static final Pattern IN_QUERY =
      Pattern.compile("\\b((?:restic_manager|jvm|process|system)_\\w+)");

  private static TestContainer node;

  @BeforeAll
  static void start() {
    node = new TestContainer(Instant.parse("2026-05-04T12:00:00Z"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static String scrape() {
    return node.get(Meters.class).scrape();
  }

  @Test
  void listInTheDocumentationIsWhatThereIs() throws IOException {
    assertThat(all(ROW, Files.readString(DOCS.resolve("metrics.md"))))
        .isEqualTo(all(TYPE, scrape()));
  }

  @Test
  void dashboardAsksForNothingThatThereIsNot() throws IOException {
    Set<String> asked = all(IN_QUERY, Files.readString(DOCS.resolve("grafana-dashboard.json")));
    asked.remove("restic_manager_dashboard");
    Set<String> series = new TreeSet<>();
    for (String name : all(TYPE, scrape())) {
      series.add(name);
      series.add(name + "_bucket");
      series.add(name + "_sum");
      series.add(name + "_count");
    }
    assertThat(series).containsAll(asked);
    assertThat(asked).isNotEmpty();
  }

  @Test
  void fleetIsCountedInTheDatabaseAsItStandsNow() {
    TestDatabase database = node.database();
    var host = database.addHost("counted");
    database.execute("update host set last_seen_at = ?::timestamptz", "2026-05-04T11:59:00Z");
    database.addHost("never-seen");
    database.execute(
        "insert into host_health (host_id, health, reason, since)"
            + " values (?, 'failing', 'backups-missing', now())",
        host);
    database.execute(
        "insert into repository (id, name, url, created_at, last_check_status) select"
            + " gen_random_uuid(), status, '/srv', now(), status from unnest(array['ok', 'damaged'])"
            + " status");
    database.addJob(host);
    var waiting = database.addJob(host);
    database.execute(
        "update job set status = 'queued', queued_at = ?::timestamptz where id = ?",
        "2026-05-04T11:58:00Z",
        waiting);

    assertThat(scrape().lines())
        .contains(
            "restic_manager_hosts 2.0",
            "restic_manager_hosts_online 1.0",
            "restic_manager_hosts_protection{health=\"failing\"} 1.0",
            "restic_manager_hosts_protection{health=\"unknown\"} 1.0",
            "restic_manager_hosts_protection{health=\"protected\"} 0.0",
            "restic_manager_repositories_damaged 1.0",
            "restic_manager_jobs_running 1.0",
            "restic_manager_jobs_queued 1.0",
            "restic_manager_queue_age_seconds 120.0",
            "restic_manager_jobs_ended_total{kind=\"backup\",status=\"failed\"} 0.0");
  }

  private static Set<String> all(Pattern pattern, String text) {
    return new TreeSet<>(
        pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList());
  }
}
