package org.resticmanager.agent.connection;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.List;

/**
 * Has TCP send small frames at once. By itself it keeps one back until the other side has
 * acknowledged the one before (Nagle), which a server that has nothing to say does after 40 ms: so
 * much later came the end of every second job. Tyrus' client (2.1.5) neither says so to TCP nor has
 * a setting for it, and keeps its channel in fields. A Tyrus without these fields is left alone.
 */
final class NoDelay {

  private static final System.Logger LOG = System.getLogger(NoDelay.class.getName());

  private static final List<String> WAY_TO_THE_FILTERS =
      List.of("asyncRemote", "webSocket", "protocolHandler", "writer", "downstreamFilter");

  private NoDelay() {}

  /** For an open connection; with TLS there is one filter more. */
  static void on(Session session) {
    try {
      channel(session).setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (ReflectiveOperationException | IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "small frames may come 40 ms late", e);
    }
  }

  static AsynchronousSocketChannel channel(Session session) throws ReflectiveOperationException {
    Object part = firstFilter(session);
    for (Object next = part; next != null; next = field(part, "downstreamFilter").get(part)) {
      part = next;
    }
    return (AsynchronousSocketChannel) field(part, "socketChannel").get(part);
  }

  /** What a frame goes through first: Tyrus' queue. */
  static Object firstFilter(Session session) throws ReflectiveOperationException {
    Object part = session;
    for (String name : WAY_TO_THE_FILTERS) {
      part = field(part, name).get(part);
    }
    return part;
  }

  static Field field(Object owner, String name) throws NoSuchFieldException {
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(owner.getClass() + "." + name);
  }
}
