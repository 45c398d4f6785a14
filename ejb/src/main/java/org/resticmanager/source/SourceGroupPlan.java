package org.resticmanager.source;

import static java.util.Objects.requireNonNull;

import org.resticmanager.platform.Invalid;

/**
 * All that an operator decides about a source group.
 *
 * @param paths what it covers
 * @param retention how long its snapshots are kept
 * @param retry how its backups are repeated when they fail
 * @param hooks what runs around its backups
 * @param floorBytes a backup of less than this has failed, whatever restic says; 0 for none
 */
public record SourceGroupPlan(
    Paths paths, Retention retention, RetryRule retry, Hooks hooks, long floorBytes) {

  /**
   * @throws Invalid if the floor is negative
   */
  public SourceGroupPlan {
    requireNonNull(paths);
    requireNonNull(retention);
    requireNonNull(retry);
    requireNonNull(hooks);
    if (floorBytes < 0) {
      throw new Invalid("floorBytes", "must not be negative");
    }
  }
}
