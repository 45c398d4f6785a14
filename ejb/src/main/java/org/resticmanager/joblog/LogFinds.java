package org.resticmanager.joblog;

import java.util.List;

/**
 * What was found in a part of a log.
 *
 * @param lines in the log's order
 * @param lookedFrom the number of the first line that was looked at; 1 if none lies before it
 */
public record LogFinds(List<LogLine> lines, long lookedFrom) {

  public LogFinds {
    lines = List.copyOf(lines);
  }

  /** Whether there are earlier lines that were not looked at. */
  public boolean earlier() {
    return lookedFrom > 1;
  }
}
