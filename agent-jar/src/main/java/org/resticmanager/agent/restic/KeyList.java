package org.resticmanager.agent.restic;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** {@code restic key list}: which key of the repository the password belongs to. */
public final class KeyList {

  private final Restic restic;
  private final String name;

  /**
   * @param restic opens the repository with the password in question
   * @param name for a job that asks more than once: which time it is
   */
  public KeyList(Restic restic, String name) {
    this.restic = restic;
    this.name = name;
  }

  /** Asks; {@link #current} has the answer then. */
  public Ended run() throws IOException {
    return restic.query(
        name, List.of("key", "list", "--json", "--no-lock"), line -> {}, (line, json) -> {});
  }

  /** The key with which restic has opened the repository; empty if its answer is not understood. */
  public Optional<String> current() throws IOException {
    try (JsonReader reader = JSON.createReader(Files.newInputStream(restic.output(name)))) {
      return reader.readArray().stream()
          .filter(JsonObject.class::isInstance)
          .map(JsonValue::asJsonObject)
          .filter(key -> key.getBoolean("current", false))
          .map(key -> JsonLine.text(key, "id"))
          .filter(id -> !id.isEmpty())
          .findFirst();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }
}
