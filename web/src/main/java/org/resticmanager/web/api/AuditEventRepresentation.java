package org.resticmanager.web.api;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.Optional;
import org.resticmanager.audit.AuditEvent;

/**
 * Something that was done; what does not apply is absent.
 *
 * @param id the event
 * @param at when
 * @param actor who
 * @param address from which network address
 * @param action what, such as {@code schedule.changed}
 * @param targetType what kind of thing it was done to
 * @param targetId which
 * @param targetName what that was called
 * @param before how it stood before
 * @param after how it stood after
 * @param number the place in the chain
 */
public record AuditEventRepresentation(
    String id,
    Instant at,
    String actor,
    String address,
    String action,
    String targetType,
    String targetId,
    String targetName,
    JsonObject before,
    JsonObject after,
    Long number) {

  static AuditEventRepresentation of(AuditEvent event) {
    return new AuditEventRepresentation(
        event.id().toString(),
        event.at(),
        event.actor(),
        event.address().orElse(null),
        event.action(),
        event.target().type(),
        event.target().id(),
        event.target().name(),
        object(event.before()),
        object(event.after()),
        event.number().isPresent() ? event.number().getAsLong() : null);
  }

  private static JsonObject object(Optional<String> facts) {
    if (facts.isEmpty()) {
      return null;
    }
    try (JsonReader reader = JSON.createReader(new StringReader(facts.get()))) {
      return reader.readObject();
    }
  }
}
