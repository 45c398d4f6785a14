package org.resticmanager.audit;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.resticmanager.platform.Invalid;

/**
 * Which audit events are looked for; what is empty does not matter.
 *
 * @param actor whose, whole name
 * @param action what was done; {@code schedule.} finds all that was done to schedules
 * @param target the name or identifier of what it was done to
 * @param from at that moment or later
 * @param to before that moment
 */
public record AuditFilter(
    String actor, String action, String target, Optional<Instant> from, Optional<Instant> to) {

  public AuditFilter {
    requireNonNull(actor);
    requireNonNull(action);
    requireNonNull(target);
    requireNonNull(from);
    requireNonNull(to);
  }

  /**
   * As people and programs write it; nothing may be null.
   *
   * @throws Invalid if a time is none
   */
  public static AuditFilter parse(
      String actor, String action, String target, String from, String to) {
    return new AuditFilter(
        actor.strip(), action.strip(), target.strip(), moment("from", from), moment("to", to));
  }

  private static Optional<Instant> moment(String field, String text) {
    try {
      return text.isBlank()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException e) {
      throw new Invalid(field, "must be a time such as 2026-03-01T12:00:00Z");
    }
  }
}
