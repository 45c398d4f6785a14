package org.resticmanager.web.api;

import org.resticmanager.repository.RepositoryDay;

/**
 * What was known of a repository at the end of a day. What nobody has reported is absent.
 *
 * @param day as in 2026-03-01, UTC
 * @param totalSizeBytes the size that a restore of everything would have had
 * @param rawSizeBytes its size in the backend
 * @param uniqueFiles files counted once
 * @param snapshotCount how many snapshots it held
 * @param freedBytes what prunes have freed on that day
 */
public record RepositoryDayRepresentation(
    String day,
    Long totalSizeBytes,
    Long rawSizeBytes,
    Long uniqueFiles,
    Long snapshotCount,
    long freedBytes) {

  static RepositoryDayRepresentation of(RepositoryDay day) {
    return new RepositoryDayRepresentation(
        day.day().toString(),
        day.totalSizeBytes(),
        day.rawSizeBytes(),
        day.uniqueFiles(),
        day.snapshotCount(),
        day.freedBytes());
  }
}
