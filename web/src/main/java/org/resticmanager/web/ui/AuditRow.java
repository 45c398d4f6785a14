package org.resticmanager.web.ui;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.resticmanager.audit.AuditEvent;
import org.resticmanager.platform.VisibleText;

/**
 * An audit event as a line of the list.
 *
 * @param event the event
 * @param target what it was done to; empty if to nothing that has a name
 * @param changes the facts that are not as they were
 */
public record AuditRow(AuditEvent event, String target, List<Change> changes) {

  /**
   * A fact that is not as it was.
   *
   * @param name of the fact
   * @param before how it was; empty if it was not
   * @param after how it is; empty if it is not any more
   */
  public record Change(String name, String before, String after) {}

  static AuditRow of(AuditEvent event) {
    JsonObject before = object(event.before());
    JsonObject after = object(event.after());
    List<Change> changes =
        Stream.concat(before.keySet().stream(), after.keySet().stream())
            .distinct()
            .filter(name -> !Objects.equals(before.get(name), after.get(name)))
            .map(name -> new Change(name, text(before.get(name)), text(after.get(name))))
            .toList();
    return new AuditRow(event, VisibleText.of(event.target().name()), changes);
  }

  private static JsonObject object(Optional<String> facts) {
    if (facts.isEmpty()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try (JsonReader reader = JSON.createReader(new StringReader(facts.get()))) {
      return reader.readObject();
    }
  }

  private static String text(JsonValue value) {
    if (value == null) {
      return "";
    }
    return VisibleText.of(value instanceof JsonString text ? text.getString() : value.toString());
  }
}
