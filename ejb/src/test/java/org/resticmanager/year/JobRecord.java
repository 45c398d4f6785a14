package org.resticmanager.year;

import java.time.Instant;

/**
 * A job as the database has it.
 *
 * @param schedule who wanted it
 * @param first the first attempt of it
 * @param dueAt when it could begin: at once, or at the end of what it was put off for
 */
record JobRecord(
    String host,
    String repository,
    String kind,
    String status,
    String sourceGroup,
    String schedule,
    String first,
    int attempt,
    Instant queuedAt,
    Instant dueAt,
    Instant startedAt,
    Instant finishedAt,
    String readDataSubset) {

  boolean overlaps(JobRecord other) {
    return startedAt.isBefore(other.finishedAt) && other.startedAt.isBefore(finishedAt);
  }

  boolean alone() {
    return !kind.equals("backup");
  }
}
