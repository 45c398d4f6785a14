package org.resticmanager.agent.connection;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.resticmanager.agent.config.SecretStore;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.job.JobRunner;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.protocol.wire.AgentMessage;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.EventAck;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Message;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.protocol.wire.ScheduleSet;
import org.resticmanager.protocol.wire.Welcome;
import org.resticmanager.protocol.wire.WireCodec;
import org.resticmanager.protocol.wire.WireError;

/**
 * What is said over one connection, apart from the jobs' events: takes the server's frames, does
 * what they ask, and holds the answers until they are sent. Frames come from one thread, answers go
 * to another.
 */
final class Conversation {

  private static final System.Logger LOG = System.getLogger(Conversation.class.getName());
  private static final String PROTOCOL_TOO_OLD = "protocol_too_old";

  /** Known to the protocol, and of no use to this agent: not worth an error. */
  private static final Set<String> IGNORED = Set.of("agent.update.available");

  private static final Duration HEARTBEAT = Duration.ofSeconds(30);
  private static final int LONGEST_HEARTBEAT_SECONDS = 60;

  private final WireCodec codec;
  private final Spool spool;
  private final SecretStore secrets;
  private final Clock clock;
  private final Changes changes;
  private final Sparingly complaints;
  private final Queue<String> answers = new ArrayDeque<>();
  private final Map<Class<? extends Message>, Handler<?>> handlers =
      Map.of(
          Welcome.class, handler(this::welcome),
          ConfigUpdate.class, handler(this::configUpdate),
          ScheduleSet.class, handler(this::scheduleSet),
          CommandRun.class, new Handler<CommandRun>(this::commandRun),
          EventAck.class, handler(this::eventAck),
          WireError.class, handler(this::error));

  private boolean begun;
  private boolean confirming;
  private Duration heartbeat = HEARTBEAT;
  private String tooOld;

  Conversation(WireCodec codec, Spool spool, SecretStore secrets, Clock clock, Changes changes) {
    this.codec = codec;
    this.spool = spool;
    this.secrets = secrets;
    this.clock = clock;
    this.changes = changes;
    this.complaints = new Sparingly(LOG, clock);
  }

  private interface Action<T> {
    void take(T message, Optional<String> id) throws IOException;
  }

  private interface OneWay<T> {
    void take(T message) throws IOException;
  }

  private record Handler<T extends Message>(Action<T> action) {

    @SuppressWarnings("unchecked") // the table maps each class to the handler of that class
    void accept(Message message, Optional<String> id) throws IOException {
      action.take((T) message, id);
    }
  }

  private static <T extends Message> Handler<T> handler(OneWay<T> action) {
    return new Handler<>((message, id) -> action.take(message));
  }

  /** The kinds of messages that are understood here. */
  Set<Class<? extends Message>> understood() {
    return handlers.keySet();
  }

  /** Takes a frame of the server's; whatever it holds, the connection stays. */
  void take(String frame) {
    Decoded decoded = codec.decodeFromServer(frame);
    if (decoded instanceof Decoded.Understood understood) {
      try {
        handlers.get(understood.message().getClass()).accept(understood.message(), understood.id());
      } catch (IOException e) {
        String reason = Words.of(e);
        complaints.warn("what the server sent cannot be stored: " + reason);
        answer(new WireError("not_stored", reason, null), Optional.empty());
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "handler", e);
        complaints.warn("a frame of the server's could not be handled: " + Words.of(e));
      }
    } else if (decoded instanceof Decoded.UnknownType unknown) {
      unknownType(unknown.type());
    } else if (decoded instanceof Decoded.Malformed malformed) {
      String reason = Words.oneLine(malformed.reason());
      complaints.warn("a frame of the server's is malformed: " + reason);
      answer(new WireError("malformed", reason, null), Optional.empty());
    }
    synchronized (this) {
      begun = true;
    }
    changes.signal();
  }

  private void unknownType(String type) {
    if (IGNORED.contains(type)) {
      return;
    }
    String name = Words.oneLine(type);
    complaints.warn("this agent does not know messages of the type '" + name + "'");
    answer(new WireError("unknown_type", name, null), Optional.empty());
  }

  private synchronized void welcome(Welcome welcome) {
    confirming = welcome.features().contains(Feature.ACK);
    if (welcome.heartbeatSeconds() > 0) {
      heartbeat =
          Duration.ofSeconds(Math.min(welcome.heartbeatSeconds(), LONGEST_HEARTBEAT_SECONDS));
    }
    LOG.log(
        System.Logger.Level.INFO,
        "the server is restic-manager {0}",
        Words.oneLine(welcome.serverVersion()));
  }

  private void configUpdate(ConfigUpdate update) throws IOException {
    secrets.apply(update);
    LOG.log(System.Logger.Level.INFO, "took over the repository connection ({0})", update.slot());
  }

  private void scheduleSet(ScheduleSet set) {
    answer(new ScheduleAck(set.version(), clock.instant()), Optional.empty());
  }

  private void commandRun(CommandRun command, Optional<String> id) {
    Optional<String> refusal = accept(command);
    refusal.ifPresent(
        reason -> complaints.warn("job " + Words.oneLine(command.jobId()) + " refused: " + reason));
    answer(new CommandResult(command.jobId(), refusal.isEmpty(), refusal.orElse("")), id);
  }

  private Optional<String> accept(CommandRun command) {
    if (!JobRunner.runs(command.kind())) {
      return Optional.of(
          "this agent cannot run jobs of the kind " + command.kind().wireName() + " yet");
    }
    try {
      spool.accept(new JobId(command.jobId()), command);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the agent cannot store the job (" + Words.of(e) + ")");
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private void eventAck(EventAck ack) throws IOException {
    spool.confirmed(new JobId(ack.jobId()), ack.seq(), ack.finished());
  }

  private void error(WireError error) {
    String message =
        Words.oneLine(error.message())
            + (error.helpUrl() == null ? "" : "; see " + Words.oneLine(error.helpUrl()));
    if (error.code().equals(PROTOCOL_TOO_OLD)) {
      synchronized (this) {
        tooOld = message;
      }
      return;
    }
    complaints.warn("the server says: " + Words.oneLine(error.code()) + ": " + message);
  }

  private void answer(AgentMessage message, Optional<String> id) {
    synchronized (this) {
      answers.add(codec.encode(message, id));
    }
    changes.signal();
  }

  /** The next answer to send. */
  synchronized Optional<String> nextAnswer() {
    return Optional.ofNullable(answers.poll());
  }

  /** Whether the server has said something, so that it is known what it speaks. */
  synchronized boolean begun() {
    return begun;
  }

  /** Whether the server confirms events; otherwise they are done with once they are sent. */
  synchronized boolean confirming() {
    return confirming;
  }

  /** How often the server wants a sign of life. */
  synchronized Duration heartbeat() {
    return heartbeat;
  }

  /** The server's words if it does not speak with agents of our age any more. */
  synchronized Optional<String> tooOld() {
    return Optional.ofNullable(tooOld);
  }
}
