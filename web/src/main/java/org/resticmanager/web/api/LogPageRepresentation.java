package org.resticmanager.web.api;

import java.time.Instant;
import java.util.List;
import org.resticmanager.joblog.LogLine;
import org.resticmanager.joblog.LogState;
import org.resticmanager.platform.Page;

/**
 * A page of a job's log.
 *
 * @param items in the log's order
 * @param nextCursor hand it back as {@code after} to go on; absent at the end
 * @param highestSeq the number of the newest line; 0 if there is none
 * @param droppedAt when the log was dropped to make room; absent if it is there
 */
public record LogPageRepresentation(
    List<LogLineRepresentation> items, String nextCursor, long highestSeq, Instant droppedAt) {

  static LogPageRepresentation of(Page<LogLine> page, LogState state) {
    return new LogPageRepresentation(
        page.items().stream().map(LogLineRepresentation::of).toList(),
        page.nextCursor().orElse(null),
        state.highestSeq(),
        state.droppedAt());
  }
}
