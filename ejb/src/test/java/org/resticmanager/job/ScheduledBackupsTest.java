package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.protocol.wire.ScheduleFire;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.Cron;
import org.resticmanager.source.Plans;
import org.resticmanager.source.Retention;
import org.resticmanager.source.ScheduleDetails;
import org.resticmanager.source.Schedules;
import org.resticmanager.source.SourceGroups;
import org.resticmanager.source.Timing;

class ScheduledBackupsTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant LAST_SUNDAY = Instant.parse("2026-03-01T02:00:00Z");

  private TestContainer node;
  private HostId host;

  @BeforeEach
  void addHost() {
    node = new TestContainer(NOW);
    Repositories repositories = node.get(Repositories.class);
    RepositoryId repository =
        repositories.create(new NewRepository("nas", "/srv/nas", "secret", null, null)).id();
    repositories.initialised(repository);
    host = node.get(Hosts.class).add("web-1", "web-1", "linux", "amd64").id();
    repositories.connect(host, repository);
    addGroup("data");
    addGroup("mail");
  }

  @AfterEach
  void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @Test
  void anOldFireThatNobodyHasToldStartsItsBackups() {
    fired(weekly("data", "mail"), LAST_SUNDAY.minus(Duration.ofDays(70)));

    assertThat(groupsOfJobs()).containsExactlyInAnyOrder("data", "mail");
  }

  @Test
  void aFireThatIsToldAgainWeeksLaterStartsNothing() {
    ScheduleDetails schedule = weekly("data");
    fired(schedule, LAST_SUNDAY);

    node.moveClock(NOW.plus(Duration.ofDays(40)));
    fired(schedule, LAST_SUNDAY);

    assertThat(groupsOfJobs()).containsExactly("data");
  }

  @Test
  void aFireThatIsToldAgainDoesNotBackUpASourceGroupThatTheScheduleGotSince() {
    fired(weekly("data"), LAST_SUNDAY);

    fired(weekly("data", "mail"), LAST_SUNDAY);
    fired(weekly("mail"), LAST_SUNDAY);

    assertThat(groupsOfJobs()).containsExactly("data");
  }

  private void addGroup(String name) {
    node.get(SourceGroups.class)
        .put(host, name, Plans.of("/srv/" + name, Retention.ALL), before -> {});
  }

  private ScheduleDetails weekly(String... groups) {
    Timing timing = Timing.of(new Cron("0 2 * * 0"), "", 0);
    return node.get(Schedules.class)
        .put(host, "weekly", timing, true, List.of(groups), before -> {});
  }

  private void fired(ScheduleDetails schedule, Instant at) {
    node.get(ScheduledBackups.class).fired(host, new ScheduleFire(schedule.id().toString(), at));
  }

  private List<String> groupsOfJobs() {
    return node.get(Jobs.class).of(host, "", 10).items().stream()
        .map(JobDetails::sourceGroup)
        .toList();
  }
}
