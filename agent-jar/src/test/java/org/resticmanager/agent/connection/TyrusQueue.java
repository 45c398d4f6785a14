package org.resticmanager.agent.connection;

import static org.awaitility.Awaitility.await;

import jakarta.websocket.Session;
import java.io.Serial;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands in for the queue of Tyrus' {@code TaskQueueFilter}, and holds the filter where chance
 * holds it once in some ten thousand frames: it has found nothing more to send, and has not yet
 * said so.
 */
final class TyrusQueue extends ConcurrentLinkedQueue<Object> {

  @Serial private static final long serialVersionUID = 1;

  private transient volatile Thread sender;
  private volatile boolean openedAroundAFrame;

  /** Puts one under an open connection on which nothing is being sent. */
  static TyrusQueue under(ControlPlaneSocket socket) throws ReflectiveOperationException {
    Object filter = NoDelay.firstFilter((Session) NoDelay.field(socket, "session").get(socket));
    TyrusQueue queue = new TyrusQueue();
    Field own = NoDelay.field(filter, "taskQueue");
    queue.addAll((Queue<?>) own.get(filter));
    own.set(filter, queue);
    return queue;
  }

  /**
   * The next time that nothing is left to send, this thread's next frame comes before that is said.
   */
  void openSlowlyFor(Thread thread) {
    sender = thread;
  }

  /** Whether that has happened. */
  boolean openedAroundAFrame() {
    return openedAroundAFrame;
  }

  @Override
  public Object poll() {
    Object next = super.poll();
    Thread waitedFor = sender;
    if (next == null && waitedFor != null) {
      sender = null;
      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> !isEmpty() && waitedFor.getState() == Thread.State.TIMED_WAITING);
      openedAroundAFrame = true;
    }
    return next;
  }
}
