package org.resticmanager.bench.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.resticmanager.bench.fleet.AgentSocket;
import org.resticmanager.protocol.wire.LogLines;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;
import org.resticmanager.protocol.wire.LoggedLine;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * The frames of one job's log, as our codec writes them. All but the first number is encoded
 * beforehand: the simulated agents must not take the processor from what is measured.
 */
final class LogFrames {

  /** What our agent puts into one frame, by the length that each line would have alone. */
  private static final int FRAME_BYTES = 32 * 1024;

  private static final int DIFFERENT_LINES = 64;
  private static final long NUMBER = 1_234_567_890_123L;
  private static final int LONGEST_NUMBER = 19;

  private final byte[] beforeNumber;
  private final byte[] afterNumber;
  private final byte[][] lines = new byte[DIFFERENT_LINES][];
  private final byte[] end;
  private final int lineBytes;

  LogFrames(String job) {
    WireCodec codec = new WireCodec();
    Random random = new Random(1);
    String frame = "";
    int bytes = 0;
    for (int i = 0; i < DIFFERENT_LINES; i++) {
      LogStream line =
          new LogStream(job, NUMBER, Instant.now(), LogStreamName.STDOUT, text(random));
      bytes += codec.encode(line).length();
      frame = codec.encode(new LogLines(job, NUMBER, List.of(LoggedLine.of(line))));
      lines[i] = bytes((i == 0 ? "" : ",") + frame.substring(frame.indexOf('[') + 1, end(frame)));
    }
    lineBytes = bytes / DIFFERENT_LINES;
    String[] head = frame.substring(0, frame.indexOf('[') + 1).split(Long.toString(NUMBER), 2);
    beforeNumber = bytes(head[0]);
    afterNumber = bytes(head[1]);
    end = bytes(frame.substring(end(frame)));
  }

  private static int end(String frame) {
    return frame.lastIndexOf(']');
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What restic writes of a file, 80 to 120 bytes. */
  private static String text(Random random) {
    String text =
        String.format(
            Locale.ROOT,
            "new       /home/anna/projects/%d/report/figures/turnover-%06d.svg, saved in 0.%03ds"
                + " (%d.%03d KiB added)",
            2000 + random.nextInt(30),
            random.nextInt(1_000_000),
            random.nextInt(1000),
            random.nextInt(1000),
            random.nextInt(1000));
    return text + " ".repeat(random.nextInt(121 - text.length()));
  }

  /** What a line takes in a frame of its own: by that our agent counts how far ahead it is. */
  int lineBytes() {
    return lineBytes;
  }

  /** How many lines our agent would put into one frame. */
  int mostLines() {
    return FRAME_BYTES / lineBytes;
  }

  /** Adds a frame of so many lines, from this number on; false if there is no room for it. */
  boolean put(long first, int count, AgentSocket socket) {
    int length = beforeNumber.length + LONGEST_NUMBER + afterNumber.length + end.length;
    for (int i = 0; i < count; i++) {
      length += lines[i % DIFFERENT_LINES].length + 1;
    }
    if (!socket.hasRoom(length)) {
      return false;
    }
    ByteBuffer frame = ByteBuffer.allocate(length);
    frame.put(beforeNumber).put(bytes(Long.toString(first))).put(afterNumber);
    for (int i = 0; i < count; i++) {
      if (i > 0 && i % DIFFERENT_LINES == 0) {
        frame.put((byte) ',');
      }
      frame.put(lines[i % DIFFERENT_LINES]);
    }
    frame.put(end).flip();
    socket.begin(frame.remaining()).put(frame);
    return true;
  }
}
