package org.resticmanager.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.agent.config.AgentSettings;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.EnrolmentStore;
import org.resticmanager.agent.config.SecretStore;
import org.resticmanager.agent.job.Agreed;
import org.resticmanager.agent.job.JobRunner;
import org.resticmanager.agent.job.ProgressBoard;
import org.resticmanager.agent.restic.Version;
import org.resticmanager.agent.schedule.ScheduleBook;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.WireCodec;

class ConversationTest {

  private static final JobId JOB = new JobId("01990000-0000-7000-8000-000000000000");

  @TempDir Path root;

  private final Changes changes = new Changes();
  private final WireCodec codec = new WireCodec();
  private Spool spool;
  private Conversation conversation;

  @BeforeEach
  void begin() throws Exception {
    DataFolder data = new DataFolder(root.resolve("data")).prepared();
    spool = new Spool(data, codec, changes);
    SecretStore secrets = new SecretStore(data);
    Version restic = new Version(Optional.empty(), "");
    ScheduleBook schedules =
        new ScheduleBook(data, "h1", ZoneId.systemDefault(), Clock.systemUTC(), changes);
    // its thread is not started: no job runs here
    JobRunner jobs =
        new JobRunner(
            spool,
            changes,
            secrets,
            restic,
            "the-host",
            data.cache(),
            AgentSettings.ofThisProcess(),
            Clock.systemUTC(),
            new ProgressBoard(changes),
            new Agreed());
    conversation =
        new Conversation(
            codec,
            new Handlers(
                spool,
                secrets,
                new EnrolmentStore(data),
                jobs,
                schedules,
                Clock.systemUTC(),
                new Agreed()),
            Clock.systemUTC(),
            changes);
  }

  private String command() {
    return codec.encode(
        CommandRun.of(JOB.value(), JobKind.BACKUP).includes(List.of("/home")).build(),
        Optional.of("c-1"));
  }

  @Test
  void aJobMayBeginBeforeItsAcceptanceIsSaidButIsNotTalkedOf() {
    conversation.take(command());
    assertThat(spool.job(JOB)).isPresent();
    assertThat(conversation.owesAnswer(JOB)).isTrue();
    assertThat(conversation.nextAnswer()).hasValueSatisfying(f -> assertThat(f).contains("c-1"));
    assertThat(conversation.owesAnswer(JOB)).isFalse();
  }

  @Test
  void aCommandThatCameAgainIsAnsweredBeforeMoreIsSaidOfItsJob() {
    conversation.take(command());
    conversation.nextAnswer();
    conversation.take(command());
    assertThat(conversation.owesAnswer(JOB)).isTrue();
    conversation.nextAnswer();
    assertThat(conversation.owesAnswer(JOB)).isFalse();
  }
}
