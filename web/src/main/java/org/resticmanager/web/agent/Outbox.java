package org.resticmanager.web.agent;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends to one agent, frame by frame in order, and holds no thread while the agent reads slowly or
 * not at all. Bounded: what the agent does not read waits here up to a limit.
 */
final class Outbox {

  private static final Logger LOG = Logger.getLogger(Outbox.class.getName());

  /** A frame takes some memory besides its text. */
  static final long FRAME_OVERHEAD_BYTES = 100;

  private final Session session;
  private final Executor executor;
  private final long room;
  private final Queue<Item> items = new ConcurrentLinkedQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicBoolean sending = new AtomicBoolean();

  /** A frame; or the end of the connection, which has no text. */
  private record Item(String frame, CloseReason end) {

    long bytes() {
      return FRAME_OVERHEAD_BYTES + (frame == null ? 0 : frame.length());
    }
  }

  /**
   * @param executor starts the sending; it need not wait for anybody
   * @param room so many bytes wait at most
   */
  Outbox(Session session, Executor executor, long room) {
    this.session = session;
    this.executor = executor;
    this.room = room;
  }

  /**
   * Sends it when all that was put in before is sent.
   *
   * @return false if too much waits already, or nobody is there to send
   */
  boolean offer(String frame) {
    return offer(new Item(frame, null));
  }

  /** How much waits, the memory that each frame takes besides its text included. */
  long waitingBytes() {
    return waiting.get();
  }

  /** Closes the connection when all that was put in before is sent; at once if that is too much. */
  void close(CloseReason reason) {
    if (!offer(new Item(null, reason))) {
      closeNow(reason);
    }
  }

  private boolean offer(Item item) {
    if (waiting.addAndGet(item.bytes()) > room) {
      waiting.addAndGet(-item.bytes());
      return false;
    }
    items.add(item);
    boolean somebodySends = !sending.compareAndSet(false, true) || handOn();
    if (!somebodySends && items.remove(item)) {
      waiting.addAndGet(-item.bytes());
      return false;
    }
    return true;
  }

  /** False if nobody can be found to send. */
  private boolean handOn() {
    try {
      executor.execute(this::sendAll);
      return true;
    } catch (RuntimeException e) { // rejected, or its server gives it no thread any more
      sending.set(false);
      return false;
    }
  }

  /** Goes on until nothing is left or a frame is not gone yet; its end comes back here. */
  private void sendAll() {
    while (true) {
      Item item = items.poll();
      if (item == null) {
        sending.set(false);
        // one put in between the last look and the flag would wait for the next one otherwise
        if (items.isEmpty() || !sending.compareAndSet(false, true)) {
          return;
        }
        continue;
      }
      waiting.addAndGet(-item.bytes());
      if (item.frame() == null) {
        closeNow(item.end());
      } else if (!send(item.frame())) {
        return;
      }
    }
  }

  /** Whether it is done with; if not, {@link Flight} goes on. */
  private boolean send(String frame) {
    if (!session.isOpen()) {
      return true;
    }
    Flight flight = new Flight();
    try {
      session.getAsyncRemote().sendText(frame, flight::ended);
    } catch (RuntimeException e) { // closed meanwhile
      failed(e);
      return true;
    }
    return flight.endedAlready();
  }

  /** What was not sent is found again by the sweep or told on the next connection. */
  private void failed(Throwable failure) {
    LOG.log(Level.FINE, "cannot send", failure);
    closeNow(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, "cannot send"));
  }

  /** Nothing that waits is sent any more. */
  void closeNow(CloseReason reason) {
    try {
      session.close(reason);
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.FINE, "the socket is closed already", e);
    }
  }

  /** A frame on its way. Its end may be told before the call that sends it returns, or after. */
  private final class Flight {

    private static final int UNDER_WAY = 0;
    private static final int CALL_RETURNED = 1;
    private static final int ENDED = 2;

    private final AtomicInteger state = new AtomicInteger(UNDER_WAY);

    void ended(SendResult result) {
      int before = state.getAndSet(ENDED);
      if (!result.isOK() && before != ENDED) {
        failed(result.getException());
      }
      if (before == CALL_RETURNED) {
        handOn();
      }
    }

    boolean endedAlready() {
      return !state.compareAndSet(UNDER_WAY, CALL_RETURNED);
    }
  }
}
