package org.resticmanager.bench.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.resticmanager.bench.fleet.AgentSocket;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * The frames of one job's log, as our codec writes them. They are encoded beforehand but for the
 * line's number: the simulated agents must not take the processor from what is measured.
 */
final class LogFrames {

  private static final int DIFFERENT_LINES = 64;
  private static final long NUMBER = 1_234_567_890_123L;
  private static final int LONGEST_NUMBER = 19;

  private final byte[] beforeNumber;
  private final byte[][] afterNumber = new byte[DIFFERENT_LINES][];

  LogFrames(String job) {
    WireCodec codec = new WireCodec();
    Random random = new Random(1);
    String before = "";
    for (int i = 0; i < DIFFERENT_LINES; i++) {
      LogStream line =
          new LogStream(job, NUMBER, Instant.now(), LogStreamName.STDOUT, text(random));
      String[] halves = codec.encode(line).split(Long.toString(NUMBER), 2);
      before = halves[0];
      afterNumber[i] = halves[1].getBytes(StandardCharsets.UTF_8);
    }
    beforeNumber = before.getBytes(StandardCharsets.UTF_8);
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

  /** Whether the next frame, whichever it is, fits into what is to be sent next. */
  boolean fitInto(AgentSocket socket) {
    int longest = 0;
    for (byte[] end : afterNumber) {
      longest = Math.max(longest, end.length);
    }
    return socket.hasRoom(beforeNumber.length + LONGEST_NUMBER + longest);
  }

  /** Adds the frame of this number; returns its length. */
  int put(long number, AgentSocket socket) {
    byte[] digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    byte[] end = afterNumber[(int) (number % DIFFERENT_LINES)];
    int length = beforeNumber.length + digits.length + end.length;
    ByteBuffer frame = socket.begin(length);
    frame.put(beforeNumber).put(digits).put(end);
    return length;
  }
}
