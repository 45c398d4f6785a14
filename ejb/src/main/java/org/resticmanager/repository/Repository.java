package org.resticmanager.repository;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.RepoStats;

/** A restic repository, shared by the hosts that back up to it. */
@Entity
@Table(name = "repository")
public class Repository {

  @Id private UUID id;

  @Column(name = "name")
  private String name;

  @Column(name = "url")
  private String url;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "initialised_at")
  private Instant initialisedAt;

  @Column(name = "total_size_bytes")
  private Long totalSizeBytes;

  @Column(name = "raw_size_bytes")
  private Long rawSizeBytes;

  @Column(name = "uncompressed_size_bytes")
  private Long uncompressedSizeBytes;

  @Column(name = "unique_files")
  private Long uniqueFiles;

  @Column(name = "snapshot_count")
  private Long snapshotCount;

  @Column(name = "lock_present")
  private Boolean lockPresent;

  @Column(name = "last_check_at")
  private Instant lastCheckAt;

  @Column(name = "last_check_status")
  private String lastCheckStatus;

  @Column(name = "last_prune_at")
  private Instant lastPruneAt;

  @Column(name = "last_prune_freed_bytes")
  private Long lastPruneFreedBytes;

  @Column(name = "measured_at")
  private Instant measuredAt;

  /** No longer managed; the row stays for the jobs that were run in it. */
  @Column(name = "removed_at")
  private Instant removedAt;

  protected Repository() {}

  Repository(NewRepository wanted, Instant now) {
    id = Ids.next();
    name = wanted.name();
    url = wanted.url();
    createdAt = now;
  }

  RepositoryId id() {
    return new RepositoryId(id);
  }

  String name() {
    return name;
  }

  String url() {
    return url;
  }

  void edit(RepositoryEdit edit) {
    name = edit.name();
    url = edit.url();
  }

  void removed(Instant at) {
    removedAt = at;
  }

  boolean managed() {
    return removedAt == null;
  }

  void initialised(Instant at) {
    if (initialisedAt == null) {
      initialisedAt = at;
    }
  }

  /** It is new: what was known of one at its location holds no more. */
  void made() {
    initialisedAt = null;
    totalSizeBytes = 0L;
    uncompressedSizeBytes = null;
    uniqueFiles = 0L;
    snapshotCount = 0L;
    lockPresent = null;
    lastCheckAt = null;
    lastCheckStatus = null;
    lastPruneAt = null;
    lastPruneFreedBytes = null;
  }

  /**
   * Absent values leave what is known.
   *
   * @return what a prune has freed that was not known of; 0 if there was none
   */
  long measured(RepoStats stats, Instant at) {
    boolean pruned = stats.lastPruneAt() != null && !stats.lastPruneAt().equals(lastPruneAt);
    totalSizeBytes = orKnown(stats.totalSizeBytes(), totalSizeBytes);
    if (stats.rawSizeBytes() != null) {
      rawSizeBytes = stats.rawSizeBytes();
      uncompressedSizeBytes = null; // belongs to a raw size, and comes after it
    }
    uncompressedSizeBytes = orKnown(stats.uncompressedSizeBytes(), uncompressedSizeBytes);
    uniqueFiles = orKnown(stats.uniqueFiles(), uniqueFiles);
    snapshotCount = orKnown(stats.snapshotCount(), snapshotCount);
    lockPresent = orKnown(stats.lockPresent(), lockPresent);
    lastCheckAt = orKnown(stats.lastCheckAt(), lastCheckAt);
    lastCheckStatus = stats.lastCheckStatus().isEmpty() ? lastCheckStatus : stats.lastCheckStatus();
    lastPruneAt = orKnown(stats.lastPruneAt(), lastPruneAt);
    lastPruneFreedBytes = orKnown(stats.lastPruneFreedBytes(), lastPruneFreedBytes);
    measuredAt = at;
    return pruned && stats.lastPruneFreedBytes() != null ? stats.lastPruneFreedBytes() : 0;
  }

  private static <T> T orKnown(T reported, T known) {
    return reported == null ? known : reported;
  }

  RepositoryDetails details(List<SlotDetails> slots) {
    return new RepositoryDetails(id(), name, url, createdAt, initialisedAt, statistics(), slots);
  }

  RepositoryStatistics statistics() {
    return new RepositoryStatistics(
        totalSizeBytes,
        rawSizeBytes,
        uncompressedSizeBytes,
        uniqueFiles,
        snapshotCount,
        lockPresent,
        lastCheckAt,
        lastCheckStatus,
        lastPruneAt,
        lastPruneFreedBytes,
        measuredAt);
  }
}
