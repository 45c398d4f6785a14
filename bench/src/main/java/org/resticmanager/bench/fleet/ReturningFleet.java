package org.resticmanager.bench.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Carries idle agents on one thread, that come back when they are cut off as ours do: after the
 * same pauses, however long the server is gone. Nothing here waits for one of them.
 */
public final class ReturningFleet implements AutoCloseable {

  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  /** A connection that held for less does not count as one that works. */
  private static final Duration WORKED = Duration.ofSeconds(10);

  private static final long BETWEEN_FIRST_TRIES_NANOS = 3_000_000;
  private static final long LONGEST_SELECT_MILLIS = 20;

  private final URI server;
  private final Queue<IdleAgent> newcomers = new ConcurrentLinkedQueue<>();
  private final Random random = new Random(1);
  private final Queue<Due> tries = new PriorityQueue<>(Comparator.comparingLong(Due::nanoTime));
  private final Queue<Due> heartbeats = new ArrayDeque<>();
  private final Selector selector = Selector.open();
  private final Thread thread = new Thread(this::carry, "returning fleet");
  private volatile boolean closed;

  // guarded by this
  private int all;
  private int welcome;
  private long lastWelcomeNanoTime;
  private long turnedAway;

  /** What an agent is to do, and when, if it is still on this visit. */
  private record Due(Visit visit, AgentSocket socket, long nanoTime) {}

  /** Where an agent stands. For the fleet's thread. */
  private static final class Visit {

    private final IdleAgent agent;
    private final BackOff backOff;
    private AgentSocket socket;
    private boolean reached;
    private boolean upgraded;
    private boolean counted;
    private long since;

    Visit(IdleAgent agent, BackOff backOff) {
      this.agent = agent;
      this.backOff = backOff;
    }
  }

  /** There is nobody in it yet. */
  public ReturningFleet(URI server) throws IOException {
    this.server = server;
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(ReturningFleet::giveUp);
    thread.start();
  }

  /** Begins to connect these too, one after the other. */
  public void join(List<? extends IdleAgent> agents) {
    synchronized (this) {
      all += agents.size();
    }
    newcomers.addAll(agents);
  }

  private void admit() {
    long due = System.nanoTime();
    for (IdleAgent agent = newcomers.poll(); agent != null; agent = newcomers.poll()) {
      tries.add(new Due(new Visit(agent, new BackOff(random)), null, due));
      due += BETWEEN_FIRST_TRIES_NANOS;
    }
  }

  /** Whatever waits for this fleet would wait for ever. */
  private static void giveUp(Thread thread, Throwable failure) {
    failure.printStackTrace();
    System.exit(1);
  }

  /**
   * Returns when all are welcome.
   *
   * @return {@link System#nanoTime} when the last of them was
   */
  public synchronized long awaitAll(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (welcome < all) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new IllegalStateException(welcome + " of " + all + " are welcome");
      }
      wait(left);
    }
    return lastWelcomeNanoTime;
  }

  /** How often an agent reached the server and was not taken up, until now. */
  public synchronized long turnedAway() {
    return turnedAway;
  }

  private void carry() {
    try {
      while (!closed) {
        selector.select(LONGEST_SELECT_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
          serve((Visit) key.attachment(), key);
        }
        selector.selectedKeys().clear();
        admit();
        tryAgain();
        beat();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tryAgain() throws IOException {
    long now = System.nanoTime();
    while (!tries.isEmpty() && tries.element().nanoTime() - now <= 0) {
      Visit visit = tries.remove().visit();
      visit.reached = false;
      visit.upgraded = false;
      try {
        visit.socket = AgentSocket.begin(server, visit.agent.token());
        visit.socket.channel().register(selector, SelectionKey.OP_CONNECT, visit);
      } catch (ConnectException e) { // told at once on this machine
        later(visit);
      }
    }
  }

  private void serve(Visit visit, SelectionKey key) throws IOException {
    try {
      if (key.isConnectable() && visit.socket.channel().finishConnect()) {
        visit.reached = true;
        key.interestOps(SelectionKey.OP_READ);
      } else if (!visit.upgraded) {
        if (visit.socket.upgraded()) {
          visit.upgraded = true;
          visit.agent.connected(visit.socket);
        }
      } else if (key.isReadable()) {
        visit.socket.read(visit.agent::heard);
      }
      send(visit, key);
      greeted(visit);
    } catch (IOException e) {
      lost(visit);
    }
  }

  private static void send(Visit visit, SelectionKey key) throws IOException {
    int interest =
        visit.socket.flush() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (visit.reached && key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  private void greeted(Visit visit) {
    if (visit.counted || !visit.upgraded || !visit.agent.isWelcome()) {
      return;
    }
    visit.counted = true;
    visit.since = System.nanoTime();
    heartbeats.add(new Due(visit, visit.socket, visit.since + HEARTBEAT.toNanos()));
    synchronized (this) {
      welcome++;
      lastWelcomeNanoTime = visit.since;
      notifyAll();
    }
  }

  private void lost(Visit visit) throws IOException {
    visit.socket.channel().close();
    synchronized (this) {
      if (visit.counted) {
        welcome--;
      } else if (visit.reached) {
        turnedAway++;
      }
    }
    if (visit.counted && System.nanoTime() - visit.since > WORKED.toNanos()) {
      visit.backOff.reset();
    }
    visit.counted = false;
    later(visit);
  }

  private void later(Visit visit) {
    long pause = visit.backOff.afterFailure().toNanos();
    tries.add(new Due(visit, null, System.nanoTime() + pause));
  }

  private void beat() throws IOException {
    long now = System.nanoTime();
    while (!heartbeats.isEmpty() && heartbeats.element().nanoTime() - now <= 0) {
      Due due = heartbeats.remove();
      Visit visit = due.visit();
      if (visit.socket != due.socket() || !visit.counted) {
        continue; // of a connection that is gone
      }
      try {
        visit.agent.heartbeat();
        send(visit, visit.socket.channel().keyFor(selector));
        heartbeats.add(new Due(visit, due.socket(), due.nanoTime() + HEARTBEAT.toNanos()));
      } catch (IOException e) {
        lost(visit);
      }
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
