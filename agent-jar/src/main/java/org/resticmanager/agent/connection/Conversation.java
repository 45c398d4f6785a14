package org.resticmanager.agent.connection;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.protocol.wire.AgentMessage;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.ServerMessage;
import org.resticmanager.protocol.wire.WireCodec;
import org.resticmanager.protocol.wire.WireError;

/**
 * What is said over one connection, apart from the jobs' events: gives the server's frames to their
 * handlers, and holds what is to be said until it is sent. Frames come from one thread, others ask
 * what to send.
 */
final class Conversation {

  private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

  private final WireCodec codec;
  private final Handlers handlers;
  private final Changes changes;
  private final Sparingly complaints;
  private final Dialect dialect = new Dialect();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final Set<String> unanswered = new HashSet<>();

  /**
   * What is to be said.
   *
   * @param job whose command it answers; empty if it answers none
   */
  private record Answer(String frame, Optional<String> job) {}

  Conversation(WireCodec codec, Handlers handlers, Clock clock, Changes changes) {
    this.codec = codec;
    this.handlers = handlers;
    this.changes = changes;
    this.complaints = new Sparingly(LOG, clock);
  }

  /** Takes a frame of the server's; whatever it holds, the connection stays. */
  void take(String frame) {
    Decoded decoded = codec.decodeFromServer(frame);
    boolean complaint = false;
    if (decoded instanceof Decoded.Understood understood
        && understood.message() instanceof ServerMessage message) {
      handle(message, new Exchange(this, understood.id()));
      complaint = message instanceof WireError;
    } else if (decoded instanceof Decoded.UnknownType unknown) {
      String name = Words.oneLine(unknown.type());
      warn("this agent does not know messages of the type '" + name + "'");
      say(new WireError("unknown_type", name, null), Optional.empty());
    } else if (decoded instanceof Decoded.Malformed malformed) {
      String reason = Words.oneLine(malformed.reason());
      warn("a frame of the server's is malformed: " + reason);
      say(new WireError("malformed", reason, null), Optional.empty());
    }
    if (!complaint) {
      dialect.heard();
    }
    changes.signal();
  }

  private void handle(ServerMessage message, Exchange exchange) {
    Optional<String> job =
        message instanceof CommandRun command ? Optional.of(command.jobId()) : Optional.empty();
    job.ifPresent(this::awaitAnswer);
    try {
      handlers.take(message, exchange);
    } catch (IOException e) {
      job.ifPresent(this::answered);
      String reason = Words.of(e);
      warn("what the server sent cannot be stored: " + reason);
      exchange.answer(new WireError("not_stored", reason, null));
    } catch (RuntimeException e) {
      job.ifPresent(this::answered);
      LOG.log(System.Logger.Level.DEBUG, "handler", e);
      warn("a frame of the server's could not be handled: " + Words.of(e));
    }
  }

  /** Queues what the server understands; what needs an extension that it has not named, not. */
  void say(AgentMessage message, Optional<String> id) {
    if (!dialect.speaks(message.requires())) {
      return;
    }
    Optional<String> job =
        message instanceof CommandResult result ? Optional.of(result.jobId()) : Optional.empty();
    synchronized (this) {
      answers.add(new Answer(codec.encode(message, id), job));
    }
    changes.signal();
  }

  void warn(String message) {
    complaints.warn(message);
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * The next frame to send. Send it before anything else: if it answers a command, the job's events
   * may follow.
   */
  synchronized Optional<String> nextAnswer() {
    Optional<Answer> next = Optional.ofNullable(answers.poll());
    next.flatMap(Answer::job).ifPresent(this::answered);
    return next.map(Answer::frame);
  }

  private synchronized void awaitAnswer(String jobId) {
    unanswered.add(jobId);
  }

  private synchronized void answered(String jobId) {
    unanswered.remove(jobId);
  }

  /**
   * Whether this job's command is being taken and its answer still to be sent. Its events have to
   * wait: the job may begin while we still say that we have accepted it.
   */
  synchronized boolean owesAnswer(JobId job) {
    return unanswered.contains(job.value());
  }
}
