package org.resticmanager.repository;

import java.time.LocalDate;

/**
 * What was known of a repository at the end of a day (UTC), or is known so far today; null where
 * nobody has reported it.
 *
 * @param day the day
 * @param totalSizeBytes the size that a restore of everything would have had
 * @param rawSizeBytes its size in the backend
 * @param uniqueFiles files counted once
 * @param snapshotCount how many snapshots it held
 * @param freedBytes what prunes have freed on that day
 */
public record RepositoryDay(
    LocalDate day,
    Long totalSizeBytes,
    Long rawSizeBytes,
    Long uniqueFiles,
    Long snapshotCount,
    long freedBytes) {}
