package org.resticmanager.connection;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.resticmanager.host.HostId;

/** The agents connected to this node, at most one connection per host; any thread. */
@ApplicationScoped
public class Connections {

  private final Map<HostId, AgentConnection> byHost = new ConcurrentHashMap<>();

  /** The newest connection wins: an older one of the same host is closed. */
  public void opened(AgentConnection connection) {
    AgentConnection older = byHost.put(connection.hostId(), connection);
    if (older != null && older != connection) {
      older.close(AgentConnection.CLOSE_REPLACED, "a newer connection of this host has taken over");
    }
  }

  /** Forgets a connection, unless a newer one has taken its place. */
  public void closed(AgentConnection connection) {
    byHost.remove(connection.hostId(), connection);
  }

  /** Tells every agent that this node stops, so that they come back spread over a while. */
  public void closeAll() {
    byHost
        .values()
        .forEach(connection -> connection.close(AgentConnection.CLOSE_RESTART, "the server stops"));
  }

  /** The connection of a host, if it is connected to this node. */
  public Optional<AgentConnection> of(HostId host) {
    return Optional.ofNullable(byHost.get(host));
  }

  /** Every host that is connected to this node, as it stands now. */
  public Set<HostId> hosts() {
    return Set.copyOf(byHost.keySet());
  }
}
