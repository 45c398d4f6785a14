package org.resticmanager.web.api;

import java.time.Instant;
import java.util.List;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryStatistics;
import org.resticmanager.repository.SlotDetails;

/**
 * A repository. What nobody has reported yet is absent.
 *
 * @param id the repository
 * @param name unique, for people
 * @param url restic's repository location
 * @param createdAt when it came under our management
 * @param initialisedAt when it was first known to exist; absent if not yet
 * @param credentials which are set, the everyday ones first
 * @param warning what a person should know of it; absent if nothing
 * @param totalSizeBytes the size that a restore of everything would have
 * @param rawSizeBytes its size in the backend
 * @param dedupRatio how often the one is the other
 * @param compressionRatio how much smaller compression makes what is stored; absent if restic does
 *     not say, as 0.14 does not
 * @param uniqueFiles files counted once
 * @param snapshotCount how many snapshots it holds
 * @param lockPresent whether a lock was seen
 * @param lastCheckAt when a check ended last
 * @param lastCheckStatus {@code ok} or what it found
 * @param lastPruneAt when a prune ended last
 * @param lastPruneFreedBytes what it freed
 * @param measuredAt when an agent last reported on it
 */
public record RepositoryRepresentation(
    String id,
    String name,
    String url,
    Instant createdAt,
    Instant initialisedAt,
    List<SlotRepresentation> credentials,
    String warning,
    Long totalSizeBytes,
    Long rawSizeBytes,
    Double dedupRatio,
    Double compressionRatio,
    Long uniqueFiles,
    Long snapshotCount,
    Boolean lockPresent,
    Instant lastCheckAt,
    String lastCheckStatus,
    Instant lastPruneAt,
    Long lastPruneFreedBytes,
    Instant measuredAt)
    implements Editable {

  /**
   * Which credentials of a slot are set; never what they are.
   *
   * @param slot {@code repo} or {@code admin}
   * @param url a location of its own; absent if it is the repository's
   * @param password whether it has a password of its own
   * @param username whether a user at the backend is set
   * @param credential whether the user's password or key is set
   * @param environment the names of the variables that are set
   */
  public record SlotRepresentation(
      String slot,
      String url,
      boolean password,
      boolean username,
      boolean credential,
      List<String> environment) {

    static SlotRepresentation of(SlotDetails slot) {
      return new SlotRepresentation(
          slot.slot().wireName(),
          slot.url(),
          slot.password(),
          slot.username(),
          slot.credential(),
          slot.environment());
    }
  }

  static RepositoryRepresentation of(RepositoryDetails repository) {
    RepositoryStatistics statistics = repository.statistics();
    return new RepositoryRepresentation(
        repository.id().toString(),
        repository.name(),
        repository.url(),
        repository.createdAt(),
        repository.initialisedAt(),
        repository.slots().stream().map(SlotRepresentation::of).toList(),
        repository.adminSlot() ? null : "no admin credentials: prune cannot run",
        statistics.totalSizeBytes(),
        statistics.rawSizeBytes(),
        statistics.dedupRatio(),
        statistics.compressionRatio(),
        statistics.uniqueFiles(),
        statistics.snapshotCount(),
        statistics.lockPresent(),
        statistics.lastCheckAt(),
        statistics.lastCheckStatus(),
        statistics.lastPruneAt(),
        statistics.lastPruneFreedBytes(),
        statistics.measuredAt());
  }

  @Override
  public List<Object> editable() {
    return List.of(name, url);
  }
}
