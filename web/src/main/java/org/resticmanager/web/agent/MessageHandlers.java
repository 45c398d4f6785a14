package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.protocol.wire.AgentMessage;

/** The table of handlers: exactly one for each kind of message. */
@ApplicationScoped
class MessageHandlers {

  private final Map<Class<? extends AgentMessage>, MessageHandler<?>> byMessage = new HashMap<>();

  /** For the container's proxy. */
  MessageHandlers() {}

  @Inject
  MessageHandlers(@Any Instance<MessageHandler<?>> handlers) {
    this((Iterable<MessageHandler<?>>) handlers);
  }

  MessageHandlers(Iterable<MessageHandler<?>> handlers) {
    for (MessageHandler<?> handler : handlers) {
      MessageHandler<?> other = byMessage.put(handler.takes(), handler);
      if (other != null) {
        throw new IllegalStateException("two handlers for " + handler.takes().getSimpleName());
      }
    }
  }

  /** Whether there is a handler for this kind of message. */
  boolean handles(Class<?> type) {
    return byMessage.containsKey(type);
  }

  <M extends AgentMessage> void handle(AgentLink link, M message, Optional<String> id) {
    @SuppressWarnings("unchecked") // each handler stands under the class that it takes
    MessageHandler<M> handler = (MessageHandler<M>) byMessage.get(message.getClass());
    handler.handle(link, message, id);
  }
}
