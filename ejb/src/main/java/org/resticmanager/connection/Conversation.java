package org.resticmanager.connection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.ControlPlaneSettings;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.Welcome;
import org.resticmanager.protocol.wire.WireError;

/** What is said when an agent connects. */
@ApplicationScoped
public class Conversation {

  /** Our version of the protocol. */
  public static final int PROTOCOL_VERSION = 1;

  /** The oldest version that we can talk to. */
  public static final int MINIMUM_PROTOCOL_VERSION = 1;

  /** How often we want a heartbeat; a host is offline after three of them. */
  public static final int HEARTBEAT_SECONDS = 30;

  /** The extensions that we speak. */
  public static final List<String> FEATURES =
      List.of(
          Feature.ACK,
          Feature.RESUME,
          Feature.PARTS,
          Feature.HOOKS,
          Feature.EXCLUDE_OPTIONS,
          Feature.ENVIRONMENT,
          Feature.BANDWIDTH,
          Feature.FORGET_GROUPS,
          Feature.READ_DATA_SUBSET,
          Feature.SCHEDULE_ZONE,
          Feature.TEST,
          Feature.TOKEN,
          Feature.KEY,
          Feature.COMPRESSION,
          Feature.SNAPSHOTS_ADDED,
          Feature.CURRENT_FILE,
          Feature.LOG_LINES);

  @Inject private Hosts hosts;
  @Inject private OpenConnections open;
  @Inject private Connections connections;
  @Inject private Contests contests;
  @Inject private ConnectionEvents events;
  @Inject private ControlPlaneSettings settings;
  @Inject private Clock clock;
  @Inject private Event<HostConnected> connected;

  /**
   * Answers {@code hello}: this connection becomes the host's, the host is brought up to date, and
   * the components say their part; or the agent is told why not, and the connection is closed. One
   * whose socket has closed meanwhile is left alone. Call it on the connection's own thread, once.
   */
  public void greet(AgentConnection connection, Hello hello) {
    if (hello.protocolVersion() < MINIMUM_PROTOCOL_VERSION) {
      refuseTooOld(connection, hello);
      return;
    }
    if (!open.contains(connection)) { // the host's next connection keeps its place
      return;
    }
    Machine machine = Machine.of(hello);
    Admission admission = connections.opened(connection, machine);
    if (!open.contains(connection)) { // its end may have been noted before it was the host's
      connections.closed(connection);
      return;
    }
    admission.rival().ifPresent(rival -> contested(connection.hostId(), machine, rival));
    if (!admission.admitted()) {
      Replaced.tell(connection, admission.rival().orElse(machine));
      return;
    }
    if (connections.leaving()) { // it came too late to be told with the others
      connection.close(AgentConnection.CLOSE_RESTART, "the server stops");
      return;
    }
    connections.claimed(connection.hostId(), hosts.connected(connection.hostId(), hello));
    List<String> common = hello.features().stream().filter(FEATURES::contains).distinct().toList();
    if (!hello.features().isEmpty()) {
      connection.send(new Welcome(PROTOCOL_VERSION, settings.version(), common, HEARTBEAT_SECONDS));
    }
    connection.agree(common);
    connected.fire(new HostConnected(connection, hello));
  }

  private void contested(HostId host, Machine newcomer, Machine holder) {
    if (contests.add(host, clock.instant())) {
      String detail =
          newcomer.equals(holder)
              ? "Both call their machine " + newcomer.inWords() + "."
              : "One runs on " + holder.inWords() + ", the other on " + newcomer.inWords() + ".";
      events.note(host, ConnectionEvent.Kind.TWO_AGENTS, detail);
    }
  }

  private void refuseTooOld(AgentConnection connection, Hello hello) {
    connection.send(
        new WireError(
            "protocol_too_old",
            "This agent speaks version "
                + hello.protocolVersion()
                + " of the protocol; the control plane needs at least "
                + MINIMUM_PROTOCOL_VERSION
                + ". Update the agent.",
            settings.url()));
    connection.close(AgentConnection.CLOSE_TOO_OLD, "protocol too old");
  }
}
