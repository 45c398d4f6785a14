package org.resticmanager.joblog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.resticmanager.job.JobId;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.LogLines;
import org.resticmanager.protocol.wire.LogStreamName;
import org.resticmanager.protocol.wire.LoggedLine;
import org.resticmanager.protocol.wire.WireCodec;

/** What a log line takes of memory on its way from a frame to the rows that COPY takes. */
class LogLineMemoryTest {

  private static final int LINES = LogLines.MAX_LINES;

  /**
   * Some 1400 were seen; the text is among them several times: as it comes, and as it is stored.
   */
  private static final long MOST_BYTES_PER_LINE = 2500;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

  private final WireCodec codec = new WireCodec();
  private final JobId job = new JobId(UUID.fromString("019dd0f3-7a34-7c52-9c1e-5a2b8e6f0d11"));

  @Test
  void aLineOfAHundredBytesTakesAFewTimesItsTextAndNotMore() {
    LoggedLine line = new LoggedLine(NOW, LogStreamName.STDOUT, "x".repeat(100));
    String frame = codec.encode(new LogLines(job.toString(), 1, Collections.nCopies(LINES, line)));

    // the first ones load classes
    List<Long> perLine = LongStream.range(0, 5).map(i -> taken(frame) / LINES).boxed().toList();

    assertThat(Collections.min(perLine))
        .as("bytes per line: %s", perLine)
        .isLessThan(MOST_BYTES_PER_LINE);
  }

  private long taken(String frame) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    var understood = (Decoded.Understood) codec.decodeFromAgent(frame);
    LogRows rows = new LogRows();
    ((LogLines) understood.message()).oneByOne().forEach(line -> rows.add(job, line, NOW));
    assertThat(rows.toBytes()).hasSizeGreaterThan(100 * LINES);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
