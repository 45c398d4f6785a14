package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.connection.Conversation;
import org.resticmanager.connection.FakeConnection;
import org.resticmanager.container.Statements;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.ServerMessage;
import org.resticmanager.protocol.wire.WireCodec;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.Plans;
import org.resticmanager.source.Retention;
import org.resticmanager.source.SourceGroups;

/**
 * What one backup costs the database and the wire: the time that a job takes is mostly the number
 * of its statements. Whoever needs one more raises the limit, and says why.
 */
class CostOfABackupTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private final WireCodec codec = new WireCodec();
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
    node.get(SourceGroups.class)
        .put(host, "data", Plans.of("/srv/data", Retention.ALL), before -> {});
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
    // the first one learns what is learned once
    order();
    end(ordered());
  }

  @AfterEach
  void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @Test
  void statementsFromRunNowToTheOrder() {
    try (Statements statements = new Statements()) {
      order();
      assertThat(statements.count()).as("%s", statements).isLessThanOrEqualTo(17);
    }
  }

  @Test
  void statementsFromTheAgentsReplyToTheNextJob() {
    order();
    try (Statements statements = new Statements()) {
      end(ordered());
      assertThat(statements.count()).as("%s", statements).isLessThanOrEqualTo(31);
    }
  }

  @Test
  void bytesToTheAgent() {
    int before = agent.sent().size();

    order();
    end(ordered());

    List<ServerMessage> sent = agent.sent().subList(before, agent.sent().size());
    assertThat(sent.stream().map(codec::encode).mapToInt(CostOfABackupTest::bytes).sum())
        .as("%s", sent)
        .isLessThanOrEqualTo(449);
  }

  private static int bytes(String frame) {
    return frame.getBytes(StandardCharsets.UTF_8).length;
  }

  private void order() {
    node.get(Jobs.class).runNow(host, "data", false, Optional.empty());
  }

  private CommandRun ordered() {
    return (CommandRun) agent.sent().get(agent.sent().size() - 1);
  }

  private void end(CommandRun command) {
    JobReports reports = node.get(JobReports.class);
    reports.answered(host, new CommandResult(command.jobId(), true, ""));
    reports.started(host, new JobStarted(command.jobId(), JobKind.BACKUP, NOW));
    reports.finished(host, new JobFinished(command.jobId(), JobStatus.SUCCEEDED, 0, NOW, null, ""));
  }
}
