package org.resticmanager.bench.fleet;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * An agent's WebSocket. After the upgrade nothing here waits: what does not go out at once stays in
 * the buffer. For one thread.
 */
public final class AgentSocket {

  private static final int OUT_BYTES = 64 * 1024;

  /** Enough for who says little: there may be thousands, and each tries many times. */
  private static final int LITTLE_BYTES = 2 * 1024;

  private static final int IN_BYTES = 16 * 1024;
  private static final int LENGTH_IN_TWO_BYTES = 126;
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;

  private final SocketChannel channel;
  private final ByteBuffer out;
  private ByteBuffer in;

  private AgentSocket(SocketChannel channel, ByteBuffer out, ByteBuffer in) {
    this.channel = channel;
    this.out = out;
    this.in = in;
  }

  /** Connects and upgrades; waits for both. */
  static AgentSocket open(URI server, String token) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.write(ByteBuffer.wrap(upgrade(server, token)));
    AgentSocket socket =
        new AgentSocket(
            channel, ByteBuffer.allocateDirect(OUT_BYTES), ByteBuffer.allocate(IN_BYTES));
    while (!socket.upgraded()) {} // each call waits for more
    channel.configureBlocking(false);
    return socket;
  }

  /** Begins to connect and to upgrade, without waiting: {@link #upgraded} tells when it is done. */
  static AgentSocket begin(URI server, String token) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    AgentSocket socket =
        new AgentSocket(
            channel, ByteBuffer.allocate(LITTLE_BYTES), ByteBuffer.allocate(LITTLE_BYTES));
    socket.out.put(upgrade(server, token));
    channel.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    return socket;
  }

  private static byte[] upgrade(URI server, String token) {
    return ("GET /ws/agent HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: "
            + Base64.getEncoder().encodeToString(new byte[16])
            + "\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads what has come of the answer to the upgrade; whether that was all, and a yes. Nothing
   * comes behind it before we have said hello.
   */
  boolean upgraded() throws IOException {
    int got = channel.read(in);
    String head = new String(in.array(), 0, in.position(), StandardCharsets.US_ASCII);
    boolean all = head.endsWith("\r\n\r\n");
    if (all && head.startsWith("HTTP/1.1 101 ")) {
      in.clear();
      return true;
    }
    if (all || got < 0) {
      throw new IOException("no upgrade: " + head.lines().findFirst().orElse(""));
    }
    return false;
  }

  SocketChannel channel() {
    return channel;
  }

  /** Whether a text of this length fits into what is to be sent next. */
  public boolean hasRoom(int length) {
    return out.remaining() >= length + ClientFrame.OVERHEAD;
  }

  /** Begins a frame; the caller puts its text, of exactly this length, into the buffer. */
  public ByteBuffer begin(int length) {
    ClientFrame.begin(out, length);
    return out;
  }

  /** Adds a frame to what is to be sent next. */
  void put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    begin(bytes.length).put(bytes);
  }

  /** Sends what can be sent without waiting; whether that was all. */
  boolean flush() throws IOException {
    out.flip();
    channel.write(out);
    boolean all = !out.hasRemaining();
    out.compact();
    return all;
  }

  /** Hands on the texts that are complete by now. */
  void read(Consumer<String> texts) throws IOException {
    int got = channel.read(in);
    while (got > 0) {
      in.flip();
      while (frame(texts)) {}
      in.compact();
      if (!in.hasRemaining()) {
        in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
      }
      got = channel.read(in);
    }
    if (got < 0) {
      throw new EOFException("the control plane has closed a connection");
    }
  }

  /** Takes the next frame; false if it is not complete. A server's frames are not masked. */
  private boolean frame(Consumer<String> texts) throws IOException {
    if (in.remaining() < 2) {
      return false;
    }
    int start = in.position();
    int opcode = in.get() & 0xFF;
    int length = in.get() & 0xFF;
    if (length == LENGTH_IN_TWO_BYTES && in.remaining() >= 2) {
      length = in.getShort() & 0xFFFF;
    } else if (length >= LENGTH_IN_TWO_BYTES) {
      length = Integer.MAX_VALUE;
    }
    if (in.remaining() < length) {
      in.position(start);
      return false;
    }
    String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
    if (opcode == TEXT) {
      texts.accept(text);
    } else if (opcode == CLOSE) {
      int code = in.getShort(in.position());
      throw new IOException("the control plane closes: " + code + text.substring(2));
    } else if (opcode != PING) {
      throw new IOException("the control plane sent a frame of kind " + opcode);
    }
    in.position(in.position() + length);
    return true;
  }
}
