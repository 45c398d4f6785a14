package org.resticmanager.connection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.resticmanager.host.HostId;

/** The agents connected to this node, at most one connection per host; any thread. */
@ApplicationScoped
public class Connections {

  /**
   * So long an agent that has taken the connection from another keeps it: two agents with one token
   * must not take it from each other every second.
   */
  static final Duration KEPT_FOR = Duration.ofSeconds(30);

  /** One heartbeat and a half: an agent that is silent for longer does not live, or not there. */
  static final Duration ALIVE_WITHIN =
      Duration.ofSeconds(Conversation.HEARTBEAT_SECONDS).multipliedBy(3).dividedBy(2);

  private final Map<HostId, Holder> byHost = new ConcurrentHashMap<>();
  private Clock clock;
  private volatile boolean leaving;

  /**
   * @param connection the host's
   * @param machine where its agent runs
   * @param since when it became the host's
   * @param contested whether it was taken from a living agent
   * @param epoch the newest that this node was given for the host
   */
  private record Holder(
      AgentConnection connection, Machine machine, Instant since, boolean contested, long epoch) {

    boolean alive(Instant now) {
      return connection.lastHeard().plus(ALIVE_WITHIN).isAfter(now);
    }

    boolean keeps(Instant now) {
      return contested && alive(now) && since.plus(KEPT_FOR).isAfter(now);
    }

    Holder with(long newEpoch) {
      return new Holder(connection, machine, since, contested, Math.max(epoch, newEpoch));
    }
  }

  /** For the container's proxy. */
  protected Connections() {}

  @Inject
  Connections(Clock clock) {
    this.clock = clock;
  }

  /**
   * The newest connection wins: it becomes the host's, and an older one is told and closed. Only
   * while two living agents keep taking the connection from each other, the one that has it keeps
   * it for a while; then the newcomer is the one to be told and closed, by the caller.
   */
  Admission opened(AgentConnection connection, Machine machine) {
    Instant now = clock.instant();
    HostId host = connection.hostId();
    while (true) {
      Holder older = byHost.get(host);
      if (older == null) {
        if (byHost.putIfAbsent(host, new Holder(connection, machine, now, false, 0)) == null) {
          return new Admission(true, Optional.empty());
        }
        continue;
      }
      Optional<Machine> rival = older.alive(now) ? Optional.of(older.machine()) : Optional.empty();
      if (older.keeps(now)) {
        return new Admission(false, rival);
      }
      Holder newer = new Holder(connection, machine, now, rival.isPresent(), older.epoch());
      if (byHost.replace(host, older, newer)) {
        Replaced.tell(older.connection(), machine);
        return new Admission(true, rival);
      }
    }
  }

  /** The host's connection to this node has this epoch. */
  void claimed(HostId host, long epoch) {
    byHost.computeIfPresent(host, (key, holder) -> holder.with(epoch));
  }

  /**
   * Whether the host is no longer connected to this node: it is not, or what is still open here was
   * left behind when its agent came back by another node, and is closed now. A node that was cut
   * off or stood still for a while would go on with it otherwise.
   *
   * @param newest the epoch of the host's connection, wherever it is
   */
  public boolean overtaken(HostId host, long newest) {
    Holder holder = byHost.get(host);
    if (holder == null) {
      return true;
    }
    if (holder.epoch() >= newest || !holder.connection().agreed()) {
      return false; // or it has not been given its epoch yet
    }
    if (byHost.remove(host, holder)) {
      Replaced.tellOfOtherNode(holder.connection());
    }
    return true;
  }

  /** Forgets a connection, unless a newer one has taken its place. */
  public void closed(AgentConnection connection) {
    byHost.computeIfPresent(
        connection.hostId(), (host, holder) -> holder.connection() == connection ? null : holder);
  }

  /**
   * Tells every agent that this node stops, so that they come back spread over a while. One that
   * comes from now on has to be told too, see {@link #leaving}.
   */
  public void closeAll() {
    leaving = true;
    byHost
        .values()
        .forEach(
            holder -> holder.connection().close(AgentConnection.CLOSE_RESTART, "the server stops"));
  }

  /** Whether this node is about to stop: no work is for it any more. */
  public boolean leaving() {
    return leaving;
  }

  /** The connection of a host, if it is connected to this node and its hello is answered. */
  public Optional<AgentConnection> of(HostId host) {
    return Optional.ofNullable(byHost.get(host))
        .map(Holder::connection)
        .filter(AgentConnection::agreed);
  }

  /** What waits to be sent to all agents of this node. */
  public long unsentBytes() {
    return byHost.values().stream().mapToLong(holder -> holder.connection().unsentBytes()).sum();
  }

  /** Every host that is connected to this node, as it stands now. */
  public Set<HostId> hosts() {
    return Set.copyOf(byHost.keySet());
  }
}
