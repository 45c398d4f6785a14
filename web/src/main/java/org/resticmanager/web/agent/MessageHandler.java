package org.resticmanager.web.agent;

import java.util.Optional;
import org.resticmanager.protocol.wire.AgentMessage;

/**
 * What one kind of message of an agent leads to. Each is a bean; {@link MessageHandlers} finds them
 * by what they take.
 *
 * @param <M> the kind of message
 */
interface MessageHandler<M extends AgentMessage> {

  /** The kind of message. */
  Class<M> takes();

  /**
   * Does what the message asks for. Called on the link's own worker, in the order of the frames;
   * when it returns, whatever had to be stored is committed.
   *
   * @param id the envelope's id, which only a reply to a request of ours has
   * @throws org.resticmanager.platform.Refusal if it cannot be done; the agent is told why
   */
  void handle(AgentLink link, M message, Optional<String> id);
}
