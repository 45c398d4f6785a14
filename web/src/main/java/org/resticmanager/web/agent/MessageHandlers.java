package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.connection.Conversation;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobReports;
import org.resticmanager.job.NotYours;
import org.resticmanager.joblog.JobLogIngest;
import org.resticmanager.joblog.JobLogs;
import org.resticmanager.protocol.wire.AgentMessage;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.EventAck;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Heartbeat;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.WireError;
import org.resticmanager.repository.Repositories;
import org.resticmanager.snapshot.Snapshots;

/** What each message of an agent leads to. A confirmation is sent only after the commit. */
@ApplicationScoped
public class MessageHandlers {

  private static final Logger LOG = Logger.getLogger(MessageHandlers.class.getName());

  @Inject private Conversation conversation;
  @Inject private Hosts hosts;
  @Inject private JobReports jobs;
  @Inject private JobLogs logs;
  @Inject private JobLogIngest logIngest;
  @Inject private Repositories repositories;
  @Inject private Snapshots snapshots;

  private final Map<Class<? extends AgentMessage>, BiConsumer<AgentLink, AgentMessage>> handlers =
      new HashMap<>();

  /** The table; a test holds it against the sealed list of messages. */
  public MessageHandlers() {
    on(Hello.class, this::hello);
    on(Heartbeat.class, (link, message) -> {});
    on(ScheduleAck.class, (link, message) -> {});
    on(CommandResult.class, (link, message) -> jobs.answered(link.hostId(), message));
    on(JobStarted.class, (link, message) -> jobs.started(link.hostId(), message));
    on(JobProgress.class, (link, message) -> jobs.progressed(link.hostId(), message));
    on(LogStream.class, (link, message) -> logLines(link, List.of(message)));
    on(RepoStats.class, (link, message) -> repositories.measured(link.hostId(), message));
    on(SnapshotsReport.class, (link, message) -> snapshots.reported(link.hostId(), message));
    on(JobFinished.class, this::finished);
    on(WireError.class, MessageHandlers::error);
  }

  private <M extends AgentMessage> void on(Class<M> type, BiConsumer<AgentLink, M> handler) {
    handlers.put(type, (link, message) -> handler.accept(link, type.cast(message)));
  }

  /** Whether there is a handler for this kind of message. */
  boolean handles(Class<?> type) {
    return handlers.containsKey(type);
  }

  void handle(AgentLink link, AgentMessage message) {
    handlers.get(message.getClass()).accept(link, message);
  }

  /** Any frame is a sign of life; called once for all that arrived together. */
  void heardOf(AgentLink link) {
    hosts.seen(link.hostId());
  }

  /** Lines of one job, stored and then confirmed as far as none is missing. */
  void logLines(AgentLink link, List<LogStream> lines) {
    JobId job = JobId.parse(lines.get(0).jobId());
    confirm(link, job, logIngest.append(link.hostId(), job, lines), false);
  }

  private void hello(AgentLink link, Hello hello) {
    List<String> common =
        hello.features().stream().filter(Conversation.FEATURES::contains).toList();
    link.greeted(common);
    LOG.log(
        Level.INFO,
        "host {0} connected: agent {1}, restic {2}",
        new Object[] {link.hostId(), hello.agentVersion(), hello.resticVersion()});
    conversation.greet(link, hello);
  }

  private void finished(AgentLink link, JobFinished message) {
    JobId job = JobId.parse(message.jobId());
    try {
      jobs.finished(link.hostId(), message);
    } catch (NotYours refusal) {
      // nobody here waits for it: without a confirmation the agent would tell it for ever
      confirm(link, job, 0, true);
      throw refusal;
    }
    confirm(link, job, logs.completeTo(job), true);
  }

  private static void confirm(AgentLink link, JobId job, long seq, boolean finished) {
    if (link.speaks(Feature.ACK)) {
      link.send(new EventAck(job.toString(), seq, finished));
    }
  }

  private static void error(AgentLink link, WireError error) {
    LOG.log(
        Level.WARNING,
        "the agent of host {0} reports {1}: {2}",
        new Object[] {link.hostId(), error.code(), error.message()});
  }
}
