package org.resticmanager.bench.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Carries the sockets of many simulated agents on one thread. If one of them fails the whole
 * benchmark ends: a fleet of which a part is gone measures something else.
 */
public final class Fleet implements AutoCloseable {

  /** As the protocol asks. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private final URI server;
  private final Selector selector;
  private final Queue<SimulatedAgent> arriving = new ConcurrentLinkedQueue<>();

  /** Who is due for a heartbeat, and when: all have the same pause, so the first is the next. */
  private final Queue<Due> heartbeats = new ArrayDeque<>();

  private final Set<SimulatedAgent> beating = new HashSet<>();
  private final Thread thread = new Thread(this::carry, "fleet");
  private volatile boolean closed;

  private record Due(SimulatedAgent agent, long nanoTime) {}

  /** Carries nobody yet. */
  public Fleet(URI server) throws IOException {
    this.server = server;
    selector = Selector.open();
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(Fleet::giveUp);
    thread.start();
  }

  /** Whatever waits for this fleet would wait for ever. */
  private static void giveUp(Thread thread, Throwable failure) {
    System.err.println("the fleet has failed");
    failure.printStackTrace();
    System.exit(1);
  }

  /** Connects an agent; returns when it is welcome. One that was cut off before comes again. */
  public void connect(SimulatedAgent agent, String token) throws IOException, InterruptedException {
    do {
      agent.connected(AgentSocket.open(server, token));
      arriving.add(agent);
      selector.wakeup();
    } while (!agent.awaitWelcome());
  }

  private void carry() {
    try {
      while (!closed) {
        selector.select(1000);
        arrive();
        for (SelectionKey key : selector.selectedKeys()) {
          serve(key);
        }
        selector.selectedKeys().clear();
        beat();
      }
    } catch (IOException e) {
      if (!closed) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void arrive() throws IOException {
    for (SimulatedAgent next = arriving.poll(); next != null; next = arriving.poll()) {
      SelectionKey key = next.socket().channel().register(selector, SelectionKey.OP_READ, next);
      send(key);
      if (beating.add(next)) {
        heartbeats.add(new Due(next, System.nanoTime() + HEARTBEAT.toNanos()));
      }
    }
  }

  private static void serve(SelectionKey key) throws IOException {
    SimulatedAgent agent = (SimulatedAgent) key.attachment();
    try {
      if (key.isReadable()) {
        agent.socket().read(agent::heard);
      }
      send(key);
    } catch (IOException e) {
      key.channel().close();
      agent.cutOff(e);
    }
  }

  private static void send(SelectionKey key) throws IOException {
    SimulatedAgent agent = (SimulatedAgent) key.attachment();
    boolean more = agent.fill(agent.socket());
    boolean all = agent.socket().flush();
    int interest =
        all && !more ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  private void beat() throws IOException {
    long now = System.nanoTime();
    while (!heartbeats.isEmpty() && heartbeats.element().nanoTime() - now <= 0) {
      SimulatedAgent agent = heartbeats.remove().agent();
      SelectionKey key = agent.socket().channel().keyFor(selector);
      if (key != null && key.isValid()) {
        agent.heartbeat();
        send(key);
      }
      heartbeats.add(new Due(agent, now + HEARTBEAT.toNanos()));
    }
  }

  /** Cuts all connections. */
  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
