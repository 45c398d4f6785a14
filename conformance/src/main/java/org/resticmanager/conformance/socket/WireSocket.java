package org.resticmanager.conformance.socket;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One end of a WebSocket (RFC 6455) after its upgrade. Unlike a library it does what it is told,
 * also what is forbidden, and shows what came as it came. Pings are answered, a close is echoed.
 * Any thread may send.
 */
public final class WireSocket implements Closeable {

  /** A text frame. */
  public static final int TEXT = 0x1;

  private static final int CONTINUATION = 0x0;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int LENGTH_IN_TWO_BYTES = 126;
  private static final int LENGTH_IN_EIGHT_BYTES = 127;
  private static final int NO_STATUS = 1005;

  /** Far above the protocol's limit, so that a peer that breaks it is seen to do so. */
  private static final int LARGEST_MESSAGE_BYTES = 64 * 1024 * 1024;

  private final Socket socket;
  private final boolean client;
  private final DataInputStream in;
  private final OutputStream out;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private boolean closeSent;
  private volatile boolean open = true;

  /**
   * Starts to read.
   *
   * @param socket upgraded, with nothing read beyond the upgrade
   * @param client whether we are the client, who masks
   */
  WireSocket(Socket socket, boolean client) throws IOException {
    this.socket = socket;
    this.client = client;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    Thread reader = new Thread(this::read, "websocket");
    reader.setDaemon(true);
    reader.start();
  }

  /** The next arrival, in order; empty if none comes in time. The last one is a {@code Closed}. */
  public Optional<Arrival> next(Duration limit) throws InterruptedException {
    return Optional.ofNullable(arrivals.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Whether the peer, as far as is known, is still there. */
  public boolean isOpen() {
    return open;
  }

  /** A text message in one frame. */
  public void sendText(String text) throws IOException {
    send(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text message in several frames. */
  public void sendInPieces(String text, int pieceBytes) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += pieceBytes) {
      int to = Math.min(bytes.length, from + pieceBytes);
      send(
          from == 0 ? TEXT : CONTINUATION, to == bytes.length, Arrays.copyOfRange(bytes, from, to));
    }
  }

  /** A text frame of these bytes, whether they are text or not. */
  public void sendAsText(byte[] bytes) throws IOException {
    send(TEXT, true, bytes);
  }

  public void sendBinary(byte[] bytes) throws IOException {
    send(BINARY, true, bytes);
  }

  /** Asks for a {@code Pong}. */
  public void ping() throws IOException {
    send(PING, true, new byte[0]);
  }

  /** Says goodbye; the peer's answer arrives as {@code Closed}. */
  public void sendClose(int code, String reason) throws IOException {
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    closeWith(ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array());
  }

  private synchronized void closeWith(byte[] payload) throws IOException {
    if (!closeSent) {
      send(CLOSE, true, payload);
      closeSent = true;
    }
  }

  private synchronized void send(int opcode, boolean last, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    frame.write((last ? FINAL : 0) | opcode);
    int mask = client ? MASKED : 0;
    if (payload.length < LENGTH_IN_TWO_BYTES) {
      frame.write(mask | payload.length);
    } else if (payload.length <= 0xFFFF) {
      frame.write(mask | LENGTH_IN_TWO_BYTES);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(mask | LENGTH_IN_EIGHT_BYTES);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    if (client) {
      byte[] key = ByteBuffer.allocate(4).putInt(ThreadLocalRandom.current().nextInt()).array();
      frame.writeBytes(key);
      frame.writeBytes(masked(payload, key));
    } else {
      frame.writeBytes(payload);
    }
    frame.writeTo(out);
    out.flush();
  }

  private static byte[] masked(byte[] payload, byte[] key) {
    byte[] masked = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      masked[i] = (byte) (payload[i] ^ key[i % 4]);
    }
    return masked;
  }

  private void read() {
    Arrival.Closed end;
    try {
      end = readToTheEnd();
    } catch (IOException e) {
      end = new Arrival.Closed(Arrival.Closed.CUT, "");
    }
    open = false;
    arrivals.add(end);
    close();
  }

  private Arrival.Closed readToTheEnd() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int messageOpcode = CONTINUATION;
    boolean messageMasked = true;
    while (true) {
      int head = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      boolean masked = (second & MASKED) != 0;
      byte[] payload = payload(second & LENGTH, masked);
      int opcode = head & 0x0F;
      switch (opcode) {
        case CLOSE -> {
          Arrival.Closed end = closed(payload);
          try {
            closeWith(payload);
          } catch (IOException e) {
            // the peer did not wait for our echo, and need not
            return end;
          }
          return end;
        }
        case PING -> send(PONG, true, payload);
        case PONG -> arrivals.add(new Arrival.Pong());
        default -> {
          if (opcode != CONTINUATION) {
            message.reset();
            messageOpcode = opcode;
            messageMasked = true;
          }
          message.writeBytes(payload);
          messageMasked &= masked;
          if (message.size() > LARGEST_MESSAGE_BYTES) {
            throw new IOException("a message without end");
          }
          if ((head & FINAL) != 0) {
            arrivals.add(
                messageOpcode == BINARY
                    ? new Arrival.Binary(message.size())
                    : new Arrival.Text(
                        message.toString(StandardCharsets.UTF_8), message.size(), messageMasked));
          }
        }
      }
    }
  }

  private byte[] payload(int length, boolean masked) throws IOException {
    long size = length;
    if (length == LENGTH_IN_TWO_BYTES) {
      size = in.readUnsignedShort();
    } else if (length == LENGTH_IN_EIGHT_BYTES) {
      size = in.readLong();
    }
    if (size < 0 || size > LARGEST_MESSAGE_BYTES) {
      throw new IOException("a frame of " + size + " bytes");
    }
    byte[] key = masked ? in.readNBytes(4) : new byte[4];
    byte[] payload = new byte[(int) size];
    in.readFully(payload);
    return masked(payload, key);
  }

  private static Arrival.Closed closed(byte[] payload) {
    if (payload.length < 2) {
      return new Arrival.Closed(NO_STATUS, "");
    }
    return new Arrival.Closed(
        ByteBuffer.wrap(payload).getShort() & 0xFFFF,
        new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
  }

  /** Cuts the connection with a TCP reset: what is under way is lost, and nobody said goodbye. */
  public void cut() throws IOException {
    open = false;
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  /** Ends the connection without a word. */
  @Override
  public void close() {
    // at once: whoever asks next must not wait for our reader to notice
    open = false;
    try {
      socket.close();
    } catch (IOException e) {
      // gone is gone
      return;
    }
  }
}
