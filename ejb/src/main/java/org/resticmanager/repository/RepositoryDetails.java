package org.resticmanager.repository;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.resticmanager.audit.Facts;

/**
 * What may be shown of a repository; never its secrets.
 *
 * @param id the repository
 * @param name unique, for people
 * @param url restic's repository location
 * @param createdAt when it came under our management
 * @param initialisedAt when it was first known to exist; null if not yet
 * @param statistics what the agents have reported
 * @param slots the credentials that are set, the everyday ones first
 */
public record RepositoryDetails(
    RepositoryId id,
    String name,
    String url,
    Instant createdAt,
    Instant initialisedAt,
    RepositoryStatistics statistics,
    List<SlotDetails> slots) {

  public RepositoryDetails {
    slots = List.copyOf(slots);
  }

  /** For the audit trail. */
  Facts facts() {
    Facts facts = Facts.with("name", name).and("url", url);
    for (SlotDetails slot : slots) {
      facts = facts.and(slot.slot().wireName(), slot.facts());
    }
    return facts;
  }

  /** Whether the repository is known to exist. */
  public boolean initialised() {
    return initialisedAt != null;
  }

  /** Whether the last check found something. */
  public boolean damaged() {
    String status = statistics.lastCheckStatus();
    return status != null && !status.equals("ok");
  }

  /** Its size in the backend; null if not yet measured. */
  public Long rawSizeBytes() {
    return statistics.rawSizeBytes();
  }

  /** The credentials of a slot; empty if it has none. */
  public Optional<SlotDetails> slot(Slot slot) {
    return slots.stream().filter(each -> each.slot() == slot).findFirst();
  }

  /** Whether prune and unlock have credentials. */
  public boolean adminSlot() {
    return slot(Slot.ADMIN).isPresent();
  }

  /** Whether an agent must know variables of the backend to reach it through this slot. */
  public boolean needsEnvironment(Slot slot) {
    return slot(slot).filter(details -> !details.environment().isEmpty()).isPresent();
  }
}
