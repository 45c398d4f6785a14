package org.resticmanager.system;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * The network between one agent and a control plane: passes everything on, reads along, and breaks
 * where a test has set a trap.
 */
final class Wire implements AutoCloseable {

  /** What happens to a connection: both ends are told at once. */
  static final Consumer<Link> RESET = Link::reset;

  /** Nobody is told, and nothing comes through any more, as behind a router that has died. */
  static final Consumer<Link> SILENCE = Link::fallSilent;

  private static final Duration TRAP_LIMIT = Duration.ofSeconds(60);
  private static final int CONNECT_MILLIS = 5_000;

  private final InetSocketAddress server;
  private final ServerSocket entrance;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Queue<Trap> traps = new ArrayDeque<>();
  private volatile boolean unplugged;

  /**
   * Open from now on; the control plane may come and go behind it.
   *
   * @param server where everything is passed on to
   */
  Wire(URI server) {
    this.server = new InetSocketAddress(server.getHost(), server.getPort());
    try {
      entrance = new ServerSocket();
      entrance.bind(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), ControlPlane.freePort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon("wire", this::take);
  }

  /** Where agents find the control plane through this. */
  URI url() {
    return URI.create("http://localhost:" + entrance.getLocalPort());
  }

  /** A place at which the connection breaks, once. */
  static final class Trap {

    private final Predicate<JsonObject> frame;
    private final Consumer<Link> then;
    private final CountDownLatch sprung = new CountDownLatch(1);

    private Trap(Predicate<JsonObject> frame, Consumer<Link> then) {
      this.frame = frame;
      this.then = then;
    }

    /** Waits until it has broken the connection. */
    void await() {
      Awaitility.await("the frame at which the connection breaks")
          .atMost(TRAP_LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> sprung.getCount() == 0);
    }
  }

  /**
   * The next frame of this kind, in either direction, does not arrive: this happens instead, and if
   * the connection is open then, it is reset.
   */
  Trap before(Predicate<JsonObject> frame, Consumer<Link> then) {
    Trap trap = new Trap(frame, then);
    synchronized (traps) {
      traps.add(trap);
    }
    return trap;
  }

  /** Every connection is reset, and so is each new one. */
  void unplug() {
    unplugged = true;
    links.forEach(Link::reset);
  }

  /** Connections are possible again. */
  void plugIn() {
    unplugged = false;
  }

  static Predicate<JsonObject> type(String name) {
    return frame -> frame.getString("type").equals(name);
  }

  /** How many connections fell silent and are still held open by one of their ends at least. */
  long silent() {
    return links.stream().filter(link -> link.silent).count();
  }

  /** How many of them the control plane has closed, or lost. */
  long hungUpByServer() {
    return links.stream().filter(link -> link.behind.isClosed()).count();
  }

  private void take() {
    try {
      while (true) {
        connect(entrance.accept());
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void connect(Socket agent) {
    if (unplugged) {
      abort(agent);
      return;
    }
    Socket behind = new Socket();
    try {
      behind.connect(server, CONNECT_MILLIS);
      agent.setTcpNoDelay(true);
      behind.setTcpNoDelay(true);
    } catch (IOException e) {
      close(behind); // nobody is there
      close(agent);
      return;
    }
    Link link = new Link(agent, behind);
    links.add(link);
    daemon("wire to the server", () -> link.pass(agent, behind));
    daemon("wire to the agent", () -> link.pass(behind, agent));
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection. */
  final class Link {

    private final Socket agent;
    private final Socket behind;
    private volatile boolean silent;

    private Link(Socket agent, Socket behind) {
      this.agent = agent;
      this.behind = behind;
    }

    void reset() {
      silent = true;
      abort(agent);
      abort(behind);
      links.remove(this);
    }

    void fallSilent() {
      silent = true;
    }

    private void pass(Socket from, Socket to) {
      try {
        FrameReader frames = new FrameReader(from.getInputStream());
        for (byte[] bytes = frames.next(); bytes.length > 0; bytes = frames.next()) {
          frames.text().filter(text -> !silent).ifPresent(this::springTrap);
          if (!silent) {
            to.getOutputStream().write(bytes);
            to.getOutputStream().flush();
          }
        }
      } catch (IOException e) {
        // one of the two is gone
      } finally {
        closed(from, to);
      }
    }

    private void springTrap(JsonObject frame) {
      Trap hit = takeTrap(frame);
      if (hit != null) {
        hit.then.accept(this);
        if (!silent) {
          reset();
        }
        hit.sprung.countDown();
      }
    }

    /** In silence an end learns nothing of the other's. */
    private void closed(Socket from, Socket to) {
      close(from);
      if (!silent || to.isClosed()) {
        close(to);
        links.remove(this);
      }
    }

    private void closeAll() {
      close(agent);
      close(behind);
    }
  }

  private Trap takeTrap(JsonObject frame) {
    synchronized (traps) {
      for (Iterator<Trap> each = traps.iterator(); each.hasNext(); ) {
        Trap trap = each.next();
        if (trap.frame.test(frame)) {
          each.remove();
          return trap;
        }
      }
    }
    return null;
  }

  private static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // it is closed already
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed then
    }
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException e) {
      // it is closed then
    }
    links.forEach(Link::closeAll);
  }
}
