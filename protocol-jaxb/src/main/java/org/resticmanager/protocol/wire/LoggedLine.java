package org.resticmanager.protocol.wire;

import java.time.Instant;

/**
 * One line in {@link LogLines}; which job's and which number says the message.
 *
 * @param ts when the agent read it; null if unknown
 * @param stream where it came from
 * @param payload the line without its end; at most 64 KiB, control characters are data
 */
public record LoggedLine(Instant ts, LogStreamName stream, String payload) {

  public LoggedLine {
    Require.present(stream, "stream");
    payload = Require.textOrEmpty(payload);
  }

  /** What {@code log.stream} says of a line, but for whose it is and its number. */
  public static LoggedLine of(LogStream line) {
    return new LoggedLine(line.ts(), line.stream(), line.payload());
  }
}
