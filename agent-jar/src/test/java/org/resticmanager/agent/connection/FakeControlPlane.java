package org.resticmanager.agent.connection;

import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.server.Server;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.Message;
import org.resticmanager.protocol.wire.WireCodec;

/** A server that says what the test tells it to, and keeps what the agent says. One at a time. */
final class FakeControlPlane implements Closeable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final BlockingQueue<Session> CONNECTIONS = new LinkedBlockingQueue<>();
  private static final BlockingQueue<String> FRAMES = new LinkedBlockingQueue<>();
  private static final BlockingQueue<Integer> CLOSES = new LinkedBlockingQueue<>();
  private static final BlockingQueue<String> AUTHORIZATIONS = new LinkedBlockingQueue<>();

  private final WireCodec codec = new WireCodec();
  private final int port;
  private Server server;
  private Session session;

  FakeControlPlane() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    start();
  }

  void start() throws DeploymentException {
    CONNECTIONS.clear();
    FRAMES.clear();
    CLOSES.clear();
    AUTHORIZATIONS.clear();
    server = new Server("127.0.0.1", port, "/", Map.of(), AgentEndpoint.class);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Waits for the next connection and talks to it from now on. */
  void accept() throws InterruptedException {
    session = CONNECTIONS.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (session == null) {
      throw new AssertionError("no agent connected");
    }
  }

  boolean somebodyComesWithin(Duration time) throws InterruptedException {
    Session next = CONNECTIONS.poll(time.toMillis(), TimeUnit.MILLISECONDS);
    if (next != null) {
      session = next;
    }
    return next != null;
  }

  String authorization() throws InterruptedException {
    return AUTHORIZATIONS.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  void send(Message message) throws IOException {
    sendText(codec.encode(message));
  }

  void sendText(String frame) throws IOException {
    session.getBasicRemote().sendText(frame);
  }

  void sendBinary(byte[] frame) throws IOException {
    session.getBasicRemote().sendBinary(ByteBuffer.wrap(frame));
  }

  /** With which code the next connection to end has ended. */
  int closeCode() throws InterruptedException {
    Integer code = CLOSES.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (code == null) {
      throw new AssertionError("the agent closed no connection");
    }
    return code;
  }

  void sendRequest(Message message, String id) throws IOException {
    sendText(codec.encode(message, java.util.Optional.of(id)));
  }

  void close(int code, String reason) throws IOException {
    session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
  }

  /** The agent's next frame, as it is. */
  String nextFrame() throws InterruptedException {
    String frame = FRAMES.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("the agent said nothing");
    }
    return frame;
  }

  /** The agent's next message of this kind; others before it are passed over. */
  <T extends Message> T next(Class<T> type) throws InterruptedException {
    while (true) {
      String frame = nextFrame();
      if (codec.decodeFromAgent(frame) instanceof Decoded.Understood understood) {
        if (type.isInstance(understood.message())) {
          return type.cast(understood.message());
        }
      } else {
        throw new AssertionError("the agent said what is not understood: " + frame);
      }
    }
  }

  boolean silentFor(Duration time) throws InterruptedException {
    return FRAMES.poll(time.toMillis(), TimeUnit.MILLISECONDS) == null;
  }

  void stop() {
    server.stop();
  }

  @Override
  public void close() {
    stop();
  }

  /** Where agents connect. */
  @ServerEndpoint(value = "/ws/agent", configurator = Upgrade.class)
  public static final class AgentEndpoint {

    @OnOpen
    public void opened(Session opened) {
      opened.setMaxTextMessageBufferSize(2 * 1024 * 1024);
      CONNECTIONS.add(opened);
    }

    @OnClose
    public void closed(CloseReason reason) {
      CLOSES.add(reason.getCloseCode().getCode());
    }

    @OnMessage
    public void message(String frame) {
      FRAMES.add(frame);
    }
  }

  /** Keeps the agent's credentials. */
  public static final class Upgrade extends ServerEndpointConfig.Configurator {

    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
      AUTHORIZATIONS.addAll(request.getHeaders().getOrDefault("Authorization", List.of()));
    }
  }
}
