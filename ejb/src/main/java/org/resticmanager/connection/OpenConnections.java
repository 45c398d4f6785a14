package org.resticmanager.connection;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every connection of an agent to this node, whether it has said hello or not. Any thread. */
@ApplicationScoped
public class OpenConnections {

  private final Set<AgentConnection> open = ConcurrentHashMap.newKeySet();

  /** A socket has opened. */
  public void add(AgentConnection connection) {
    open.add(connection);
  }

  /** It is gone. */
  public void remove(AgentConnection connection) {
    open.remove(connection);
  }

  /** Whether its socket is still there. */
  boolean contains(AgentConnection connection) {
    return open.contains(connection);
  }

  /** Those on which nothing came in after this moment. */
  List<AgentConnection> silentSince(Instant moment) {
    return open.stream().filter(connection -> !connection.lastHeard().isAfter(moment)).toList();
  }
}
