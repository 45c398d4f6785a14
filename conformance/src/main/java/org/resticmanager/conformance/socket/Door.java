package org.resticmanager.conformance.socket;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Where agents come to: a port that takes upgrades of {@code /ws/agent} and the enrolment call, and
 * can be told to turn visitors away.
 */
public final class Door implements Closeable {

  private static final int LIMIT_MILLIS = 20_000;
  private static final int LARGEST_BODY_BYTES = 64 * 1024;

  /** What happens to those who ask for an upgrade. */
  public enum Answer {
    WELCOME,
    /** HTTP 401. */
    UNAUTHORIZED,
    /** The connection is reset, as by a server that is down. */
    RESET
  }

  private final ServerSocket listener;
  private final UnaryOperator<String> enrolments;
  private final BlockingQueue<Visitor> visitors = new LinkedBlockingQueue<>();
  private volatile Answer answer = Answer.WELCOME;

  /**
   * Opens it.
   *
   * @param port 0 for a free one
   * @param enrolments makes the answer (HTTP 201) to the body of an enrolment call
   */
  public Door(InetAddress address, int port, UnaryOperator<String> enrolments) throws IOException {
    this.enrolments = enrolments;
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(address, port));
    daemon(this::acceptAll, "door");
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The address that agents are given. */
  public URI address() {
    InetAddress bound = listener.getInetAddress();
    String host = bound.isAnyLocalAddress() ? "localhost" : bound.getHostAddress();
    return URI.create("http://" + host + ":" + listener.getLocalPort());
  }

  /** From now on. */
  public void answerWith(Answer next) {
    answer = next;
  }

  /** The next visitor, also one who was turned away with 401; empty if nobody comes in time. */
  public Optional<Visitor> next(Duration limit) throws InterruptedException {
    return Optional.ofNullable(visitors.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        daemon(() -> serve(socket), "visitor");
      } catch (IOException e) {
        // closed, or one visitor who was gone before being let in
        continue;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(LIMIT_MILLIS);
      if (answer == Answer.RESET) {
        socket.setSoLinger(true, 0);
        socket.close();
        visitors.add(new Visitor(Optional.empty(), Optional.empty(), Instant.now()));
        return;
      }
      HttpHead request = HttpHead.read(socket.getInputStream());
      if (request.firstLine().startsWith("POST /api/v1/enrolments ")) {
        enrol(socket, request);
      } else if (request.firstLine().startsWith("GET /ws/agent ")
          && request.header("sec-websocket-key").isPresent()) {
        upgrade(socket, request);
      } else {
        reply(socket, "404 Not Found", "");
      }
    } catch (IOException e) {
      close(socket);
    }
  }

  private void enrol(Socket socket, HttpHead request) throws IOException {
    int length = Integer.parseInt(request.header("content-length").orElse("0"));
    if (length > LARGEST_BODY_BYTES) {
      reply(socket, "413 Content Too Large", "");
      return;
    }
    String body = new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    reply(socket, "201 Created", enrolments.apply(body));
  }

  private void upgrade(Socket socket, HttpHead request) throws IOException {
    Optional<String> authorization = request.header("authorization");
    Instant at = Instant.now();
    if (answer == Answer.UNAUTHORIZED) {
      reply(socket, "401 Unauthorized", "");
      visitors.add(new Visitor(authorization, Optional.empty(), at));
      return;
    }
    String key = request.header("sec-websocket-key").orElseThrow();
    write(
        socket,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Upgrade.accept(key)
            + "\r\n\r\n");
    socket.setSoTimeout(0);
    visitors.add(new Visitor(authorization, Optional.of(new WireSocket(socket, false)), at));
  }

  private static void reply(Socket socket, String status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    write(
        socket,
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n"
            + json);
    socket.close();
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
