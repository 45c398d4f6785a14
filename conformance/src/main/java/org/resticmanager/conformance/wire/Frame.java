package org.resticmanager.conformance.wire;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A frame that came, as raw JSON.
 *
 * @param raw as it came; may hold secrets
 * @param json the envelope; empty if it is no JSON object
 */
public record Frame(String raw, JsonObject json) {

  private static final Pattern SECRET =
      Pattern.compile(
          "(\"(?:repo_password|repo_credential|key_password)\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern USER_INFO = Pattern.compile("://[^/@\"]*@");
  private static final int SHOWN_CHARACTERS = 300;

  /** Reads it, whatever it is. */
  public static Frame of(String raw) {
    try (JsonReader reader = Json.createReader(new StringReader(raw))) {
      return new Frame(raw, reader.readObject());
    } catch (RuntimeException | StackOverflowError e) {
      return new Frame(raw, JsonValue.EMPTY_JSON_OBJECT);
    }
  }

  /** The envelope's type; empty if it has none. */
  public String type() {
    return json.get("type") instanceof JsonString type ? type.getString() : "";
  }

  /** The envelope's id. */
  public Optional<String> id() {
    return json.get("id") instanceof JsonString id ? Optional.of(id.getString()) : Optional.empty();
  }

  /** The payload; empty if it has none. */
  public JsonObject payload() {
    return json.get("payload") instanceof JsonObject payload
        ? payload
        : JsonValue.EMPTY_JSON_OBJECT;
  }

  /** A text of the payload; empty if it is absent or something else. */
  public String text(String key) {
    return payload().get(key) instanceof JsonString text ? text.getString() : "";
  }

  /** A number of the payload; 0 if it is absent or something else. */
  public long number(String key) {
    return payload().get(key) instanceof JsonNumber number ? number.longValue() : 0;
  }

  /** Whether the payload says true. */
  public boolean isTrue(String key) {
    return payload().get(key) == JsonValue.TRUE;
  }

  /** The texts of a list of the payload; empty if it is absent. */
  public List<String> texts(String key) {
    return payload().get(key) instanceof JsonArray list
        ? list.stream()
            .filter(JsonString.class::isInstance)
            .map(value -> ((JsonString) value).getString())
            .toList()
        : List.of();
  }

  /** The objects of a list of the payload; empty if it is absent. */
  public List<JsonObject> objects(String key) {
    return payload().get(key) instanceof JsonArray list
        ? list.stream().filter(JsonObject.class::isInstance).map(JsonValue::asJsonObject).toList()
        : List.of();
  }

  /** Whether it is of this type and about this job. */
  public boolean isOf(String type, String jobId) {
    return type().equals(type) && text("job_id").equals(jobId);
  }

  /** For people: shortened, and without the secrets that it may hold. */
  @Override
  public String toString() {
    String safe = SECRET.matcher(raw).replaceAll("$1\"***\"");
    safe = USER_INFO.matcher(safe).replaceAll("://***@");
    return safe.length() <= SHOWN_CHARACTERS ? safe : safe.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
