package org.resticmanager.agent.connection;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.SslEngineConfigurator;
import org.glassfish.tyrus.client.auth.AuthenticationException;
import org.glassfish.tyrus.container.jdk.client.JdkClientContainer;
import org.glassfish.tyrus.core.HandshakeException;
import org.resticmanager.agent.config.ConfigProblem;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.spool.SpooledEvent;
import org.resticmanager.protocol.wire.FrameSize;

/**
 * One WebSocket to the control plane. Frames come in on a thread of the WebSocket's, one after the
 * other; one thread of ours sends.
 */
final class ControlPlaneSocket implements Closeable {

  private static final int CLOSED_GOING_AWAY = 1001;
  private static final int CLOSED_VIOLATED_POLICY = 1008;
  private static final int CLOSED_TOO_BIG = 1009;
  private static final int CLOSED_TRY_AGAIN_LATER = 1013;
  private static final int CLOSED_TOO_OLD = 4000;
  private static final int CLOSED_REPLACED = 4002;
  private static final int CLOSED_SERVICE_RESTART = 1012;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Parting TOKEN_REFUSED =
      new Parting(Parting.Cause.TOKEN_REFUSED, "the server refuses this agent's token");

  private static final int HANDSHAKE_LIMIT_MILLIS = 20_000;

  /** A peer that takes nothing for so long is dead. */
  private static final Duration SEND_LIMIT = Duration.ofSeconds(90);

  private static final Duration FIRST_REMINDER = Duration.ofMillis(100);

  private final Clock clock;
  private final Runnable onClosed;
  private final Session session;
  private volatile Instant lastReceived;
  private volatile Parting parting;

  private ControlPlaneSocket(
      URI address,
      ServerTrust trust,
      String token,
      Clock clock,
      Consumer<String> onFrame,
      Runnable onClosed)
      throws DeploymentException, IOException {
    this.clock = clock;
    this.onClosed = onClosed;
    this.lastReceived = clock.instant();
    ClientManager container = ClientManager.createClient(JdkClientContainer.class.getName());
    container.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, HANDSHAKE_LIMIT_MILLIS);
    if ("wss".equals(address.getScheme())) { // what Java trusts takes time and memory to read
      container.getProperties().put(ClientProperties.SSL_ENGINE_CONFIGURATOR, tls(trust));
    }
    ClientEndpointConfig config =
        ClientEndpointConfig.Builder.create().configurator(new Authorization(token)).build();
    this.session = container.connectToServer(new Frames(onFrame), config, address);
    NoDelay.on(session);
  }

  private static SslEngineConfigurator tls(ServerTrust trust) {
    SslEngineConfigurator tls = new SslEngineConfigurator(trust.context(), true, false, false);
    // a pinned key says more than a name
    tls.setHostVerificationEnabled(trust.pin().isEmpty());
    return tls;
  }

  /**
   * Connects; returns once the server has accepted the upgrade.
   *
   * @param trust whom to take for the control plane
   * @param onFrame takes each text frame
   * @param onClosed is called once, when the connection has ended
   */
  static ControlPlaneSocket connect(
      URI address,
      ServerTrust trust,
      String token,
      Clock clock,
      Consumer<String> onFrame,
      Runnable onClosed)
      throws CannotConnect {
    try {
      return new ControlPlaneSocket(address, trust, token, clock, onFrame, onClosed);
    } catch (DeploymentException | IOException e) {
      throw new CannotConnect(whyNot(e, address, trust));
    } catch (ConfigProblem e) {
      // a keystore may be renewed right now
      throw new CannotConnect(new Parting(Parting.Cause.LOST, e.getMessage()));
    }
  }

  private static Parting whyNot(Exception failure, URI address, ServerTrust trust) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof AuthenticationException) {
        return TOKEN_REFUSED;
      }
      if (e instanceof HandshakeException answer) {
        return answered(answer);
      }
    }
    Optional<String> alert =
        "wss".equals(address.getScheme()) ? TlsAlert.heard(address, trust) : Optional.empty();
    return new Parting(Parting.Cause.LOST, alert.orElseGet(() -> Words.of(failure)));
  }

  private static Parting answered(HandshakeException answer) {
    return switch (answer.getHttpStatusCode()) {
      case UNAUTHORIZED -> TOKEN_REFUSED;
      case TOO_MANY_REQUESTS ->
          new Parting(
              Parting.Cause.THROWN_OUT, "this host connected too often within a minute (HTTP 429)");
      case NOT_FOUND ->
          new Parting(
              Parting.Cause.LOST,
              "nobody takes agents at this address: is it a restic-manager? (HTTP 404)");
      default ->
          new Parting(
              Parting.Cause.LOST,
              "the server did not accept the connection (" + Words.of(answer) + ")");
    };
  }

  /** When the last frame or pong came in; the moment of connecting if none did. */
  Instant lastReceived() {
    return lastReceived;
  }

  /** Why the connection ended; empty while it is open. */
  Optional<Parting> parting() {
    return Optional.ofNullable(parting);
  }

  /**
   * Sends a text frame, and returns when it is on its way.
   *
   * @throws IOException if the connection is broken
   */
  void send(String frame) throws IOException {
    try {
      awaitSent(session.getAsyncRemote().sendText(frame));
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (IllegalStateException e) {
      throw new IOException("the connection is closed", e);
    } catch (TimeoutException e) {
      throw new IOException("the server takes nothing any more");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * Tyrus tells that a frame is gone, looks for the next one, finds none, and only then opens its
   * queue again (TaskQueueFilter, 2.1.5 and 2.2.0). A frame that comes in between lies there until
   * something else is sent: of an agent that has just begun, on a busy processor, one in some
   * 20,000. A ping is something else.
   */
  private void awaitSent(Future<Void> sent)
      throws ExecutionException, TimeoutException, InterruptedException, IOException {
    long deadline = System.nanoTime() + SEND_LIMIT.toNanos();
    long pause = FIRST_REMINDER.toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      try {
        sent.get(Math.min(pause, left), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        if (left <= pause) {
          throw e;
        }
        ping();
        pause *= 2;
      }
    }
  }

  /** Asks for a sign of life. */
  void ping() throws IOException {
    try {
      session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
    } catch (IllegalStateException e) {
      throw new IOException("the connection is closed", e);
    }
  }

  /** Says that we go away. */
  @Override
  public void close() {
    try {
      session.close(
          new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "the agent ends the connection"));
    } catch (IllegalStateException | IOException e) {
      // closed by the other side already: why it did so is what counts
      return;
    }
  }

  private void received() {
    lastReceived = clock.instant();
  }

  private void closed(CloseReason reason) {
    int code = reason.getCloseCode().getCode();
    String phrase = Words.oneLine(Optional.ofNullable(reason.getReasonPhrase()).orElse(""));
    String detail = phrase.isEmpty() ? "close code " + code : phrase + " (" + code + ")";
    Parting.Cause cause =
        switch (code) {
          case CLOSED_TOO_OLD -> Parting.Cause.TOO_OLD;
          case CLOSED_REPLACED -> Parting.Cause.REPLACED;
          case CLOSED_GOING_AWAY, CLOSED_SERVICE_RESTART -> Parting.Cause.SERVER_RESTARTS;
          case CLOSED_VIOLATED_POLICY, CLOSED_TOO_BIG, CLOSED_TRY_AGAIN_LATER ->
              Parting.Cause.THROWN_OUT;
          default -> Parting.Cause.LOST;
        };
    parting = new Parting(cause, detail);
    onClosed.run();
  }

  private static final class Authorization extends ClientEndpointConfig.Configurator {

    private final String token;

    Authorization(String token) {
      this.token = token;
    }

    @Override
    public void beforeRequest(Map<String, List<String>> headers) {
      headers.put("Authorization", List.of("Bearer " + token));
    }
  }

  private final class Frames extends Endpoint {

    private final Consumer<String> onFrame;

    Frames(Consumer<String> onFrame) {
      this.onFrame = onFrame;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
      opened.setMaxIdleTimeout(0);
      opened.setMaxTextMessageBufferSize(SpooledEvent.MAX_FRAME_BYTES);
      opened.addMessageHandler(
          String.class,
          (MessageHandler.Whole<String>)
              frame -> {
                received();
                // the WebSocket bounds only what comes in fragments
                if (FrameSize.isAbove(frame, SpooledEvent.MAX_FRAME_BYTES)) {
                  refuse(opened, CloseReason.CloseCodes.TOO_BIG, "a frame is larger than 1 MiB");
                } else {
                  onFrame.accept(frame);
                }
              });
      opened.addMessageHandler(
          byte[].class,
          (MessageHandler.Whole<byte[]>)
              frame ->
                  refuse(
                      opened,
                      CloseReason.CloseCodes.CANNOT_ACCEPT,
                      "text frames only, not binary"));
      opened.addMessageHandler(
          PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> received());
    }

    private static void refuse(Session opened, CloseReason.CloseCode code, String reason) {
      try {
        opened.close(new CloseReason(code, reason));
      } catch (IOException | IllegalStateException e) {
        System.getLogger(ControlPlaneSocket.class.getName())
            .log(System.Logger.Level.DEBUG, "closed already", e);
      }
    }

    @Override
    public void onClose(Session ended, CloseReason reason) {
      closed(reason);
    }

    @Override
    public void onError(Session failed, Throwable problem) {
      System.getLogger(ControlPlaneSocket.class.getName())
          .log(System.Logger.Level.DEBUG, "WebSocket", problem);
    }
  }
}
