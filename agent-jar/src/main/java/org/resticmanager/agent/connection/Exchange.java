package org.resticmanager.agent.connection;

import java.util.Optional;
import org.resticmanager.protocol.wire.AgentMessage;
import org.resticmanager.protocol.wire.WireError;

/**
 * One message of the server's and what is said to it. Any thread may answer, also after the
 * connection is gone: then nobody hears it.
 */
final class Exchange {

  private final Conversation conversation;
  private final Optional<String> id;

  Exchange(Conversation conversation, Optional<String> id) {
    this.conversation = conversation;
    this.id = id;
  }

  /** Answers a request: the answer carries its id. */
  void answer(AgentMessage message) {
    conversation.say(message, id);
  }

  /** Says something that is no answer to a request. */
  void say(AgentMessage message) {
    conversation.say(message, Optional.empty());
  }

  /** Tells the server, and the log, that the message will not be followed. */
  void refuse(String code, String reason) {
    warn(reason);
    answer(new WireError(code, reason, null));
  }

  /** Logs it, at most once a minute while it repeats itself. */
  void warn(String message) {
    conversation.warn(message);
  }

  Dialect dialect() {
    return conversation.dialect();
  }
}
