package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An agent that says hello and from then on reads nothing, so that TCP holds the server back. */
final class DeafPeer implements AutoCloseable {

  private static final int SMALL_BUFFER = 4096;
  private static final int TEXT_FRAME = 0x81;
  private static final int CLOSE_FRAME = 0x88;
  private static final int CLOSED_TRY_AGAIN_LATER = 1013;
  private static final int LENGTH_IN_16_BITS = 126;
  private static final int LENGTH_IN_64_BITS = 127;
  private static final int MASKED = 0x80;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Socket socket = new Socket();

  DeafPeer(Peer.Enrolled machine) {
    try {
      upgrade(machine);
      send(
          Json.createObjectBuilder()
              .add("type", "hello")
              .add(
                  "payload",
                  Json.createObjectBuilder()
                      .add("protocol_version", 1)
                      .add("hostname", "deaf")
                      .add("features", Json.createArrayBuilder().add("ack").add("resume")))
              .build()
              .toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void upgrade(Peer.Enrolled machine) throws IOException {
    URI server = machine.server();
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    String request =
        String.join(
            "\r\n",
            "GET /ws/agent HTTP/1.1",
            "Host: " + server.getAuthority(),
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Authorization: Bearer " + machine.token(),
            "",
            "");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 101");
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private void send(String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(TEXT_FRAME);
    frame.write(MASKED | LENGTH_IN_16_BITS);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(new byte[4], 0, 4); // a mask of zeros changes nothing
    frame.write(payload, 0, payload.length);
    socket.getOutputStream().write(frame.toByteArray());
  }

  /** Reads everything; the server must have closed the connection, with a word or without. */
  void awaitEnd() {
    try {
      socket.setSoTimeout((int) LIMIT.toMillis());
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      while (true) {
        int head = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == LENGTH_IN_16_BITS) {
          length = in.readUnsignedShort();
        } else if (length == LENGTH_IN_64_BITS) {
          length = Math.toIntExact(in.readLong());
        }
        if (head == CLOSE_FRAME) {
          assertThat(in.readUnsignedShort()).isEqualTo(CLOSED_TRY_AGAIN_LATER);
          return;
        }
        in.skipNBytes(length);
      }
    } catch (EOFException e) {
      // in the middle of a frame that it could not get rid of
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
