package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.connection.Conversation;
import org.resticmanager.connection.FakeConnection;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobStatus;
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

/** As by an agent that has carried it out before the database was restored from a backup. */
class RefusedJobTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final String REASON = "this host has carried out the job already";

  private TestContainer node;
  private HostId host;
  private FakeConnection agent;

  @BeforeEach
  void connectHost() {
    node = new TestContainer(NOW);
    Repositories repositories = node.get(Repositories.class);
    RepositoryId repository =
        repositories.create(new NewRepository("nas", "/srv/nas", "secret", null, null)).id();
    repositories.initialised(repository);
    host = node.get(Hosts.class).add("web-1", "web-1", "linux", "amd64").id();
    repositories.connect(host, repository);
    addGroup("data");
    addGroup("mail");
    agent = new FakeConnection(host, Clock.systemUTC());
    node.connect(
        agent,
        new Hello(
            1,
            "1",
            "0.18.0",
            "web-1",
            "linux",
            "amd64",
            null,
            Conversation.FEATURES,
            "",
            List.of()));
  }

  @AfterEach
  void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @Test
  void itFailsWithTheReasonAndTheHostTakesTheNextOne() {
    runNow("data");
    CommandRun refused = ordered();
    runNow("mail");
    assertThat(ordered()).isEqualTo(refused);

    refuse(refused);

    JobDetails job = node.get(Jobs.class).find(JobId.ofAgent(refused.jobId()));
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.error()).isEqualTo(REASON);
    assertThat(ordered().tag()).isEqualTo("mail");
  }

  @Test
  void ofASchedulesJobNoMoreThanTheUsualAttemptsFollowEachAJobOfItsOwn() {
    fire();
    int attempts = 0;
    CommandRun last = null;
    while (attempts < 10 && !ordered().equals(last)) {
      last = ordered();
      attempts++;
      refuse(last);
      node.moveClock(node.now().plus(Duration.ofHours(3)));
      node.tick(DispatchSweep.class);
    }

    assertThat(attempts).isBetween(2, 9);
  }

  private void addGroup(String name) {
    node.get(SourceGroups.class)
        .put(host, name, Plans.of("/srv/" + name, Retention.ALL), before -> {});
  }

  private void runNow(String group) {
    node.get(Jobs.class).runNow(host, group, false, Optional.empty());
  }

  private void fire() {
    ScheduleDetails schedule =
        node.get(Schedules.class)
            .put(
                host,
                "nightly",
                Timing.of(new Cron("0 2 * * *"), "", 0),
                true,
                List.of("data"),
                before -> {});
    node.get(ScheduledBackups.class)
        .fired(host, new ScheduleFire(schedule.id().toString(), NOW.minusSeconds(5)));
  }

  private CommandRun ordered() {
    return agent.sent().stream()
        .filter(CommandRun.class::isInstance)
        .map(CommandRun.class::cast)
        .reduce((one, other) -> other)
        .orElseThrow();
  }

  private void refuse(CommandRun command) {
    node.get(JobReports.class).answered(host, new CommandResult(command.jobId(), false, REASON));
  }
}
