package org.resticmanager.maintenance;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.platform.NotFound;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.source.Cron;

/** What is done to keep a repository small and sound. */
public enum Operation {
  /** Removes the snapshots that no retention keeps; each host looks after its own. */
  FORGET("0 3 * * *", false, Set.of()),
  /** Deletes what no snapshot needs. */
  PRUNE("0 4 * * 0", true, Set.of()),
  /** Looks whether the repository is whole. */
  CHECK("0 5 1 * *", false, Set.of(Feature.READ_DATA_SUBSET)),
  /** Takes away locks of the dead; on request only. */
  UNLOCK(null, true, Set.of());

  private final String cron;
  private final boolean adminSlot;
  private final Set<String> features;

  Operation(String cron, boolean adminSlot, Set<String> features) {
    this.cron = cron;
    this.adminSlot = adminSlot;
    this.features = features;
  }

  /**
   * Reads a name that came from outside.
   *
   * @throws NotFound if it is none
   */
  public static Operation named(String name) {
    for (Operation operation : values()) {
      if (operation.word().equals(name)) {
        return operation;
      }
    }
    throw new NotFound("maintenance operation", name);
  }

  /** As in REST and in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The jobs that do it. */
  public JobKind kind() {
    return JobKind.valueOf(name());
  }

  /** When it is done unless somebody decides otherwise; empty if on request only. */
  public Optional<Cron> usual() {
    return Optional.ofNullable(cron).map(Cron::new);
  }

  /** Whether it needs credentials that may delete. */
  public boolean needsAdminSlot() {
    return adminSlot;
  }

  /** What an agent must know to do it. */
  public Set<String> features() {
    return features;
  }

  /** Whether every host does its own part of it; else one host does it for all. */
  public boolean onEveryHost() {
    return this == FORGET;
  }
}
