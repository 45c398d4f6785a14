package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.connection.ConnectionSettings;
import org.resticmanager.connection.Connections;
import org.resticmanager.connection.OpenConnections;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * Where agents connect. The upgrade has let in only agents, each as its host; the endpoint makes a
 * link per socket and hands it the frames.
 */
@ApplicationScoped
@ServerEndpoint(value = "/ws/agent", configurator = SharedEndpoint.class)
public class AgentEndpoint {

  private static final Logger LOG = Logger.getLogger(AgentEndpoint.class.getName());

  private static final String LINK = AgentLink.class.getName();

  @Inject private Inbound inbound;
  @Inject private OpenConnections open;
  @Inject private Connections connections;
  @Inject private ConnectionSettings settings;
  @Inject private AgentWorkers workers;
  @Inject private WireCodec codec;
  @Inject private Clock clock;

  /** A socket has opened: it has ten seconds to say hello, see {@link AgentSocketDefaults}. */
  @OnOpen
  public void opened(Session session) {
    session.setMaxTextMessageBufferSize(settings.maxFrameBytes());
    HostId host = HostId.parse(session.getUserPrincipal().getName());
    AgentLink link =
        new AgentLink(
            host,
            session,
            codec,
            clock,
            workers.receiving(),
            new AgentLink.Limits(settings.maxFrameBytes(), settings.messagesPerSecond()),
            workers.sending(),
            inbound::received);
    session.getUserProperties().put(LINK, link);
    open.add(link);
  }

  /** A frame has arrived, hardly larger than the session's buffer: the server has seen to that. */
  @OnMessage
  public void received(Session session, String frame) {
    AgentLink link = link(session);
    // SilenceSweep looks after it from now on
    long limit = SocketTimers.longestIdleMillis();
    if (session.getMaxIdleTimeout() != limit) {
      session.setMaxIdleTimeout(limit);
    }
    link.received(frame);
  }

  /** The protocol is text only. */
  @OnMessage
  public void receivedBinary(Session session, byte[] frame) throws IOException {
    session.close(
        new CloseReason(CloseReason.CloseCodes.CANNOT_ACCEPT, "text frames only, not binary"));
  }

  /** The socket is gone; what its agent has not sent comes with the next one. */
  @OnClose
  public void closed(Session session, CloseReason reason) {
    AgentLink link = link(session);
    LOG.log(
        Level.INFO,
        "host {0} disconnected: {1}",
        new Object[] {link.hostId(), reason.getCloseCode().getCode()});
    open.remove(link);
    connections.closed(link);
  }

  /** Networks fail; the agent comes back by itself. */
  @OnError
  public void failed(Session session, Throwable failure) {
    LOG.log(Level.FINE, "socket of host " + link(session).hostId(), failure);
  }

  private static AgentLink link(Session session) {
    return (AgentLink) session.getUserProperties().get(LINK);
  }
}
