package org.resticmanager.joblog;

import java.time.Instant;

/**
 * What is known of a job's log as a whole.
 *
 * @param contiguousSeq all lines from 1 to here are stored (or were, before the log was dropped); 0
 *     if line 1 is not
 * @param highestSeq the number of the newest line; more than {@code contiguousSeq} if lines in
 *     between are missing
 * @param lineCount how many lines were stored
 * @param droppedAt when the lines were dropped to make room; null if they are there
 */
public record LogState(long contiguousSeq, long highestSeq, long lineCount, Instant droppedAt) {

  /** Of a log of which nothing has come yet. */
  static final LogState EMPTY = new LogState(0, 0, 0, null);

  boolean hasGap() {
    return highestSeq > contiguousSeq;
  }
}
