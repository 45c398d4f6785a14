package org.resticmanager.enrolment;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.connection.ConnectPhase;
import org.resticmanager.connection.Connections;
import org.resticmanager.connection.HostConnected;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Background;
import org.resticmanager.platform.Notified;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.TokenUpdate;
import org.resticmanager.protocol.wire.WireError;

/**
 * Gives agents new tokens over their connections, and closes the connections of those that were cut
 * off: when they connect, when somebody wants it, and again (by {@link AgentTokenSweep}) where a
 * word of it was lost.
 */
@ApplicationScoped
public class AgentTokenPush {

  @Inject private AgentTokens tokens;
  @Inject private Connections connections;
  @Inject private Background background;

  /** It was let in a moment ago, and may have been cut off since. */
  void onConnect(@Observes @Priority(ConnectPhase.ACCESS) HostConnected event) {
    AgentConnection connection = event.connection();
    if (!tokens.cutOff(List.of(connection.hostId())).isEmpty()) {
      part(connection);
    }
  }

  /** After all that the agent needs for its work. */
  void onConnected(@Observes @Priority(ConnectPhase.TOKEN) HostConnected event) {
    AgentConnection connection = event.connection();
    if (connection.speaks(Feature.TOKEN)) {
      tokens.offerOnConnect(connection.hostId()).ifPresent(token -> send(connection, token));
    }
  }

  void onNotified(@Observes Notified event) {
    if (event.topic().equals(AgentTokens.REPLACED)) {
      event
          .payload()
          .map(HostId::parse)
          .flatMap(connections::of)
          .ifPresent(former -> background.execute(() -> part(former)));
    }
    if (event.about(AgentTokens.TOPIC)) {
      Set<HostId> here = connections.hosts();
      Collection<HostId> meant =
          event.payload().map(HostId::parse).<Collection<HostId>>map(List::of).orElse(here);
      List<HostId> hosts = meant.stream().filter(here::contains).toList();
      if (!hosts.isEmpty()) {
        background.execute(() -> look(hosts));
      }
    }
  }

  /** Does to these hosts, which are connected to this node, what there is to do. */
  void look(Collection<HostId> hosts) {
    tokens.cutOff(hosts).forEach(host -> connections.of(host).ifPresent(AgentTokenPush::part));
    tokens.due(hosts).forEach(this::push);
  }

  private void push(HostId host) {
    connections
        .of(host)
        .filter(connection -> connection.speaks(Feature.TOKEN))
        .ifPresent(connection -> tokens.offer(host).ifPresent(token -> send(connection, token)));
  }

  private static void send(AgentConnection connection, AgentTokens.Fresh token) {
    connection.request(new TokenUpdate(token.text()), token.id().toString());
  }

  private static void part(AgentConnection connection) {
    connection.send(
        new WireError(
            "token_revoked",
            "This agent was cut off: its token is not valid any more. To let the machine in again,"
                + " make an enrolment token for its host.",
            null));
    connection.close(AgentConnection.CLOSE_NOT_ALLOWED, "the agent was cut off");
  }
}
