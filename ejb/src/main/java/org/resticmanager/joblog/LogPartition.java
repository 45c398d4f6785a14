package org.resticmanager.joblog;

import java.time.LocalDate;

/**
 * The logs of the jobs that were queued on one day.
 *
 * @param day in UTC
 * @param sizeBytes what it takes on the database's disk, index included
 */
public record LogPartition(LocalDate day, long sizeBytes) {}
