package org.resticmanager.web.agent;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.FrameSize;
import org.resticmanager.protocol.wire.ServerMessage;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * One agent's socket with its two queues: frames to be worked on, and frames to be sent.
 *
 * <p>The socket's thread never waits here, because on some servers it serves other agents too, and
 * on others the frames behind it would pile up without limit. An agent that sends more than is
 * worked on is cut off instead, once all that was taken is done and confirmed: it comes back after
 * a while and says again what was not confirmed. An agent that expects no confirmations would lose
 * that, so it gets much more room, and beyond a part of it loses log lines and progress first: a
 * lost end of a job is worse than a lost line.
 */
final class AgentLink implements AgentConnection {

  private static final Logger LOG = Logger.getLogger(AgentLink.class.getName());

  /** What of one agent may wait for us: a few frames of the largest size, many usual ones. */
  static final long INBOX_BYTES = 4L * 1024 * 1024;

  /** The same for an agent that cannot say anything twice. */
  static final long INBOX_BYTES_UNCONFIRMED = 4 * INBOX_BYTES;

  /** What may wait for the agent; one that reads nothing for so long is cut off. */
  private static final long OUTBOX_BYTES = 16L * 1024 * 1024;

  /** Log lines that arrive together are written together, at most this many. */
  private static final int BATCH_FRAMES = 500;

  /** Whoever writes the type last loses nothing by it: then the frame counts as important. */
  private static final Pattern DISPENSABLE =
      Pattern.compile("\\{\\s*\"type\"\\s*:\\s*\"(log\\.stream|log\\.lines|job\\.progress)\"");

  private final HostId hostId;
  private final WireCodec codec;
  private final Clock clock;
  private final int maxFrameBytes;
  private final Pace pace;
  private final SerialQueue<String> inbox;
  private final Outbox outbox;
  private final FaultCount faults = new FaultCount();
  private volatile Set<String> features = Set.of();
  private volatile boolean agreed;
  private volatile boolean deaf;
  private volatile boolean abandoned;
  private volatile boolean cut;
  private volatile Instant lastHeard;
  private boolean lossTold;

  /**
   * What an agent may send.
   *
   * @param frameBytes a larger frame ends the connection
   * @param messagesPerSecond so many are worked on
   */
  record Limits(int frameBytes, int messagesPerSecond) {}

  /**
   * @param receiving works on what comes in
   * @param sending starts what is to be sent
   */
  AgentLink(
      HostId hostId,
      Session session,
      WireCodec codec,
      Clock clock,
      ScheduledExecutorService receiving,
      Limits limits,
      Executor sending,
      BiConsumer<AgentLink, List<String>> received) {
    this.hostId = hostId;
    this.codec = codec;
    this.clock = clock;
    lastHeard = clock.instant();
    maxFrameBytes = limits.frameBytes();
    pace = new Pace(limits.messagesPerSecond(), System::nanoTime);
    this.inbox =
        new SerialQueue<>(BATCH_FRAMES, receiving, pace, frames -> received.accept(this, frames));
    this.outbox = new Outbox(session, sending, OUTBOX_BYTES);
  }

  /** Takes a frame from the socket's thread, which does not wait. */
  void received(String frame) {
    lastHeard = clock.instant();
    if (deaf) {
      return;
    }
    // some servers let a little more than their buffer's size pass, or count characters
    if (FrameSize.isAbove(frame, maxFrameBytes)) {
      hangUp(CloseReason.CloseCodes.TOO_BIG, "frame too large");
      return;
    }
    if (inbox.offer(frame, frame.length() + Outbox.FRAME_OVERHEAD_BYTES, roomFor(frame))) {
      return;
    }
    if (dispensable(frame)) {
      if (!lossTold) {
        lossTold = true;
        LOG.log(
            Level.WARNING,
            "host {0} sends faster than is worked on, and its agent expects no confirmations: log"
                + " lines and progress are lost",
            hostId);
      }
      return;
    }
    LOG.log(
        Level.WARNING,
        "host {0} sends faster than is worked on: it has to come back later",
        hostId);
    hangUp(CloseReason.CloseCodes.TRY_AGAIN_LATER, "too much at once");
  }

  /** Nothing more is taken; what was taken is worked on and confirmed before the end. */
  private void hangUp(CloseReason.CloseCode code, String reason) {
    deaf = true;
    inbox.whenEmpty(() -> close(code.getCode(), reason));
  }

  private long roomFor(String frame) {
    if (speaks(Feature.ACK)) {
      return INBOX_BYTES;
    }
    return dispensable(frame) ? INBOX_BYTES_UNCONFIRMED / 2 : INBOX_BYTES_UNCONFIRMED;
  }

  private boolean dispensable(String frame) {
    return agreed && !speaks(Feature.ACK) && DISPENSABLE.matcher(frame).lookingAt();
  }

  /**
   * Nothing that came in or comes in is worked on any more, and the connection is closed. When
   * something could not be worked on, a confirmation of what is behind it would reach too far.
   */
  void abandon(CloseReason.CloseCode code, String reason) {
    deaf = true;
    abandoned = true;
    inbox.clear();
    close(code.getCode(), reason);
  }

  /** A frame at hand held so many messages more; for the thread that works on it. */
  void worked(int more) {
    pace.did(more);
  }

  /** Whether the frames at hand are not to be worked on any more. */
  boolean abandoned() {
    return abandoned;
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
  public long unsentBytes() {
    return outbox.waitingBytes();
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
    if (cut) {
      return;
    }
    if (!outbox.offer(frame)) {
      cut = true;
      LOG.log(Level.WARNING, "host {0} reads nothing: its connection is cut", hostId);
      outbox.closeNow(new CloseReason(CloseReason.CloseCodes.TRY_AGAIN_LATER, "too much unread"));
    }
  }

  @Override
  public void cut(String reason) {
    cut = true;
    outbox.closeNow(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, reason));
  }

  @Override
  public void close(int code, String reason) {
    outbox.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
  }
}
