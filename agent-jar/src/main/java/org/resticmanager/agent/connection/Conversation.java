package org.resticmanager.agent.connection;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.protocol.wire.AgentMessage;
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
  private final Queue<String> answers = new ArrayDeque<>();

  Conversation(WireCodec codec, Handlers handlers, Clock clock, Changes changes) {
    this.codec = codec;
    this.handlers = handlers;
    this.changes = changes;
    this.complaints = new Sparingly(LOG, clock);
  }

  /** Takes a frame of the server's; whatever it holds, the connection stays. */
  void take(String frame) {
    Decoded decoded = codec.decodeFromServer(frame);
    if (decoded instanceof Decoded.Understood understood
        && understood.message() instanceof ServerMessage message) {
      handle(message, new Exchange(this, understood.id()));
    } else if (decoded instanceof Decoded.UnknownType unknown) {
      String name = Words.oneLine(unknown.type());
      warn("this agent does not know messages of the type '" + name + "'");
      say(new WireError("unknown_type", name, null), Optional.empty());
    } else if (decoded instanceof Decoded.Malformed malformed) {
      String reason = Words.oneLine(malformed.reason());
      warn("a frame of the server's is malformed: " + reason);
      say(new WireError("malformed", reason, null), Optional.empty());
    }
    dialect.heard();
    changes.signal();
  }

  private void handle(ServerMessage message, Exchange exchange) {
    try {
      handlers.take(message, exchange);
    } catch (IOException e) {
      String reason = Words.of(e);
      warn("what the server sent cannot be stored: " + reason);
      exchange.answer(new WireError("not_stored", reason, null));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "handler", e);
      warn("a frame of the server's could not be handled: " + Words.of(e));
    }
  }

  /** Queues what the server understands; what needs an extension that it has not named, not. */
  void say(AgentMessage message, Optional<String> id) {
    if (!dialect.speaks(message.requires())) {
      return;
    }
    synchronized (this) {
      answers.add(codec.encode(message, id));
    }
    changes.signal();
  }

  void warn(String message) {
    complaints.warn(message);
  }

  Dialect dialect() {
    return dialect;
  }

  /** The next frame to send. */
  synchronized Optional<String> nextAnswer() {
    return Optional.ofNullable(answers.poll());
  }
}
