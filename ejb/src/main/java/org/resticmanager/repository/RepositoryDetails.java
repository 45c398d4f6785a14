package org.resticmanager.repository;

import java.time.Instant;

/**
 * What may be shown of a repository; never its secrets.
 *
 * @param id the repository
 * @param name unique, for people
 * @param url restic's repository location
 * @param createdAt when it came under our management
 * @param initialisedAt when it was first known to exist; null if not yet
 * @param rawSizeBytes its size in the backend; null if not yet measured
 * @param snapshotCount how many snapshots it holds; null if not yet measured
 * @param measuredAt when an agent last reported on it; null if never
 */
public record RepositoryDetails(
    RepositoryId id,
    String name,
    String url,
    Instant createdAt,
    Instant initialisedAt,
    Long rawSizeBytes,
    Long snapshotCount,
    Instant measuredAt) {

  /** Whether the repository is known to exist. */
  public boolean initialised() {
    return initialisedAt != null;
  }
}
