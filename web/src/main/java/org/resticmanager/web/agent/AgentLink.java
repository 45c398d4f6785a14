package org.resticmanager.web.agent;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.ServerMessage;
import org.resticmanager.protocol.wire.WireCodec;

/** One agent's socket with its two queues: frames to be worked on, and frames to be sent. */
final class AgentLink implements AgentConnection {

  private static final Logger LOG = Logger.getLogger(AgentLink.class.getName());

  /** Frames of one agent that wait for us; beyond it the socket is not read. */
  private static final int INBOX_FRAMES = 1000;

  /** Frames that wait for the agent; one that reads none for so long is cut off. */
  private static final int OUTBOX_FRAMES = 10_000;

  /** Log lines that arrive together are written together, at most this many. */
  private static final int BATCH_FRAMES = 500;

  private final HostId hostId;
  private final Session session;
  private final WireCodec codec;
  private final Clock clock;
  private final SerialQueue<String> inbox;
  private final SerialQueue<Runnable> outbox;
  private final FaultCount faults = new FaultCount();
  private volatile Set<String> features = Set.of();
  private volatile boolean agreed;
  private volatile Instant lastHeard;

  AgentLink(
      HostId hostId,
      Session session,
      WireCodec codec,
      Clock clock,
      Executor executor,
      BiConsumer<AgentLink, List<String>> received) {
    this.hostId = hostId;
    this.session = session;
    this.codec = codec;
    this.clock = clock;
    lastHeard = clock.instant();
    this.inbox =
        new SerialQueue<>(
            INBOX_FRAMES, BATCH_FRAMES, executor, frames -> received.accept(this, frames));
    this.outbox =
        new SerialQueue<>(OUTBOX_FRAMES, 1, executor, sends -> sends.forEach(Runnable::run));
  }

  /** Takes a frame from the socket's thread, which waits here while too much is unread. */
  void received(String frame) throws InterruptedException {
    lastHeard = clock.instant();
    inbox.put(frame);
  }

  FaultCount faults() {
    return faults;
  }

  @Override
  public HostId hostId() {
    return hostId;
  }

  @Override
  public Instant lastHeard() {
    return lastHeard;
  }

  @Override
  public void agree(Collection<String> common) {
    features = Set.copyOf(common);
    agreed = true;
  }

  @Override
  public boolean agreed() {
    return agreed;
  }

  @Override
  public boolean speaks(String feature) {
    return features.contains(feature);
  }

  @Override
  public void send(ServerMessage message) {
    sendIfSpoken(message, Optional.empty());
  }

  @Override
  public void request(ServerMessage message, String id) {
    sendIfSpoken(message, Optional.of(id));
  }

  private void sendIfSpoken(ServerMessage message, Optional<String> id) {
    if (features.containsAll(message.requires())) {
      enqueue(codec.encode(message, id));
    } else {
      LOG.log(
          Level.FINE,
          "host {0} does not speak {1}: {2} is not sent",
          new Object[] {hostId, message.requires(), message.getClass().getSimpleName()});
    }
  }

  private void enqueue(String frame) {
    if (!outbox.offer(() -> sendNow(frame))) {
      LOG.log(Level.WARNING, "host {0} reads nothing: its connection is cut", hostId);
      closeNow(new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, "too much unread"));
    }
  }

  private void sendNow(String frame) {
    try {
      if (session.isOpen()) {
        session.getBasicRemote().sendText(frame);
      }
    } catch (IOException | IllegalStateException e) {
      // what was not sent is found again by the sweep or told on the next connection
      LOG.log(Level.FINE, "cannot send to host " + hostId, e);
      closeNow(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, "cannot send"));
    }
  }

  @Override
  public void close(int code, String reason) {
    CloseReason close = new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason);
    if (!outbox.offer(() -> closeNow(close))) {
      closeNow(close);
    }
  }

  private void closeNow(CloseReason reason) {
    try {
      session.close(reason);
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.FINE, "socket of host " + hostId + " is closed already", e);
    }
  }
}
