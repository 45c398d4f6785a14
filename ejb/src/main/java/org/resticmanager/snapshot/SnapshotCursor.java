package org.resticmanager.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.resticmanager.platform.Invalid;

/**
 * Where a page of snapshots ended.
 *
 * @param time of the last snapshot on it
 * @param id of the last snapshot on it
 */
record SnapshotCursor(Instant time, String id) {

  /** As a caller gets it: to be handed back, not to be read. */
  static String of(SnapshotDetails last) {
    return last.time() + "~" + last.id();
  }

  /** Empty for the first page. */
  static Optional<SnapshotCursor> parse(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int separator = text.indexOf('~');
    try {
      return Optional.of(
          new SnapshotCursor(
              Instant.parse(text.substring(0, Math.max(separator, 0))),
              text.substring(separator + 1)));
    } catch (DateTimeException e) {
      throw new Invalid("cursor", "is not one that was given out");
    }
  }
}
