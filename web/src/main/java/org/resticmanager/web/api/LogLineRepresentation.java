package org.resticmanager.web.api;

import java.time.Instant;
import org.resticmanager.joblog.LogLine;

/**
 * A line of a job's log.
 *
 * @param seq its number, from 1
 * @param time when the agent read it
 * @param stream {@code stdout}, {@code stderr} or {@code event}
 * @param text as restic wrote it: control characters are data
 */
public record LogLineRepresentation(long seq, Instant time, String stream, String text) {

  static LogLineRepresentation of(LogLine line) {
    return new LogLineRepresentation(
        line.seq(), line.time(), line.stream().wireName(), line.text());
  }
}
