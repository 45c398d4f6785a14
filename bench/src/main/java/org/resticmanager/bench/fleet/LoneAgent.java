package org.resticmanager.bench.fleet;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.resticmanager.protocol.wire.AgentMessage;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * An agent that says what it is told to, and listens to nothing: a connection of its own by the
 * JDK's client, which takes frames of any size. For one thread.
 */
public final class LoneAgent implements AutoCloseable {

  private static final long LIMIT_SECONDS = 60;

  private final WireCodec codec = new WireCodec();
  private final BlockingQueue<Long> pongs = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  /** Connects as the agent of a host, and says hello. */
  public LoneAgent(URI server, FleetHost host) {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + host.token())
            .buildAsync(URI.create("ws://" + server.getAuthority() + "/ws/agent"), new Pongs())
            .join();
    say(
        new Hello(
            1,
            "0.1.0",
            "0.18.0",
            "bench",
            "linux",
            "amd64",
            null,
            List.of(Feature.PARTS),
            "",
            List.of()));
  }

  private final class Pongs implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
      pongs.add(System.nanoTime());
      from.request(1);
      return null;
    }
  }

  /** Sends it; returns when it has gone out. */
  public void say(AgentMessage message) {
    send(codec.encode(message));
  }

  /** Sends a frame that was encoded before. */
  public void send(String frame) {
    socket.sendText(frame, true).join();
  }

  /** Sends a ping; returns when its pong has come, with the moment by {@link System#nanoTime}. */
  public long ping() throws InterruptedException {
    socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
    Long pong = pongs.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (pong == null) {
      throw new IllegalStateException("the control plane does not answer a ping");
    }
    return pong;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
