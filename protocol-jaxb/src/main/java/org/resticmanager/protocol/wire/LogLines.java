package org.resticmanager.protocol.wire;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Lines of a job's log that follow each other (extension {@code log_lines}): the same as a {@code
 * log.stream} for each, at a part of the cost, most of which is that of a frame.
 *
 * @param jobId the job
 * @param firstSeq the number of the first line, from 1; the others count on from there
 * @param lines from 1 to {@value #MAX_LINES}
 */
public record LogLines(String jobId, long firstSeq, List<LoggedLine> lines)
    implements AgentMessage {

  /** So many fit into one message. */
  public static final int MAX_LINES = 1000;

  public LogLines {
    Require.present(jobId, "job_id");
    lines = Require.listOrEmpty(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("lines is missing");
    }
    if (lines.size() > MAX_LINES) {
      throw new IllegalArgumentException("lines has more than " + MAX_LINES + " values");
    }
    if (firstSeq < 1) {
      throw new IllegalArgumentException("first_seq is below 1");
    }
    if (firstSeq > Long.MAX_VALUE - lines.size() + 1) {
      throw new IllegalArgumentException("first_seq is too high for so many lines");
    }
  }

  /** Each line as if it had come alone. */
  public List<LogStream> oneByOne() {
    return IntStream.range(0, lines.size()).mapToObj(this::line).toList();
  }

  private LogStream line(int index) {
    LoggedLine line = lines.get(index);
    return new LogStream(jobId, firstSeq + index, line.ts(), line.stream(), line.payload());
  }

  @Override
  public Set<String> requires() {
    return Set.of(Feature.LOG_LINES);
  }
}
