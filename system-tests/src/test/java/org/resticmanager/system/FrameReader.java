package org.resticmanager.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One direction of a connection, cut into what belongs together: the HTTP head, and after an
 * upgrade each frame of the WebSocket; if there is no upgrade, whatever comes. Compression is not
 * understood, and nobody here asks for it.
 */
final class FrameReader {

  private static final Pattern UPGRADE =
      Pattern.compile("(?is)^(GET .*\r\nupgrade: *websocket\r\n.*|HTTP/1\\.1 101 .*)$");

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int MASK_BYTES = 4;
  private static final int CHUNK_BYTES = 8192;

  private final DataInputStream in;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private boolean headRead;
  private boolean upgraded;
  private Optional<JsonObject> text = Optional.empty();

  FrameReader(InputStream in) {
    this.in = new DataInputStream(new BufferedInputStream(in));
  }

  /** Waits for what comes next, as it is on the wire; empty at the end. */
  byte[] next() throws IOException {
    text = Optional.empty();
    try {
      return !headRead ? head() : upgraded ? frame() : chunk();
    } catch (EOFException e) {
      return new byte[0];
    }
  }

  /** The message that what {@link #next} has given completes; empty if it completes none. */
  Optional<JsonObject> text() {
    return text;
  }

  private byte[] head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(in.readUnsignedByte());
    }
    headRead = true;
    upgraded = UPGRADE.matcher(head.toString(StandardCharsets.ISO_8859_1)).matches();
    return head.toByteArray();
  }

  private byte[] chunk() throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    int read = in.read(chunk);
    return read < 0 ? new byte[0] : Arrays.copyOf(chunk, read);
  }

  private byte[] frame() throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    int first = copied(wire);
    int second = copied(wire);
    long length = second & 0x7f;
    int more = length == 126 ? 2 : length == 127 ? 8 : 0;
    length = more == 0 ? length : 0;
    for (int i = 0; i < more; i++) {
      length = length << 8 | copied(wire);
    }
    byte[] mask = in.readNBytes((second & 0x80) == 0 ? 0 : MASK_BYTES);
    wire.write(mask);
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    wire.write(payload);
    understand(first & 0x0f, (first & 0x80) != 0, mask, payload);
    return wire.toByteArray();
  }

  private int copied(ByteArrayOutputStream wire) throws IOException {
    int octet = in.readUnsignedByte();
    wire.write(octet);
    return octet;
  }

  private void understand(int opcode, boolean last, byte[] mask, byte[] payload) {
    if (opcode != TEXT && opcode != CONTINUATION) {
      return;
    }
    for (int i = 0; i < payload.length; i++) {
      message.write(mask.length == 0 ? payload[i] : payload[i] ^ mask[i % MASK_BYTES]);
    }
    if (last) {
      try (JsonReader reader = Json.createReader(new ByteArrayInputStream(message.toByteArray()))) {
        text = Optional.of(reader.readObject());
      }
      message.reset();
    }
  }
}
