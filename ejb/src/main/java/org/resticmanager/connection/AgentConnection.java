package org.resticmanager.connection;

import java.time.Instant;
import java.util.Collection;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.ServerMessage;

/** One open socket of one agent. All methods may be called from any thread and do not wait. */
public interface AgentConnection {

  /** RFC 6455: what it does is against our policy; protocol: or the agent was cut off. */
  int CLOSE_NOT_ALLOWED = 1008;

  /** RFC 6455's registry: the server restarts; protocol: come back within 30 s, at random. */
  int CLOSE_RESTART = 1012;

  /** Protocol: another connection of the same host has taken over, or keeps its place. */
  int CLOSE_REPLACED = 4002;

  /** Protocol: the agent's version of the protocol is too old. */
  int CLOSE_TOO_OLD = 4000;

  /** The host that the agent has proved to be. */
  HostId hostId();

  /** When the last frame came in, or the socket opened. */
  Instant lastHeard();

  /** Hello is answered: from now on these extensions, which both sides have named, may be used. */
  void agree(Collection<String> features);

  /** Whether hello is answered: nothing but that answer may be sent before. */
  boolean agreed();

  /** Whether both sides have named this extension; false before {@code hello}. */
  boolean speaks(String feature);

  /**
   * Sends a message after those sent before; silently does nothing once the socket is closed, or if
   * the agent does not speak the extensions that the message requires.
   */
  void send(ServerMessage message);

  /** How much of what was sent is not gone yet. */
  long unsentBytes();

  /** Sends a request whose reply will repeat the id. */
  void request(ServerMessage message, String id);

  /** Closes the socket after what was sent before; later calls do nothing. */
  void close(int code, String reason);

  /** Closes the socket now; what waits is not sent any more. */
  void cut(String reason);
}
