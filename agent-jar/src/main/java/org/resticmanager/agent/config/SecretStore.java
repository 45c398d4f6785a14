package org.resticmanager.agent.config;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.resticmanager.protocol.wire.BackendVariable;
import org.resticmanager.protocol.wire.ConfigUpdate;

/** Keeps what {@code config.update} brought, per slot, in {@code secrets.json}. Thread-safe. */
public final class SecretStore {

  private final Path file;
  private final Map<String, RepositoryConnection> slots = new TreeMap<>();

  /**
   * Reads what is there.
   *
   * @throws ConfigProblem if the file is there and cannot be read; a damaged one is not fatal: the
   *     control plane sends everything again when we connect
   */
  public SecretStore(DataFolder folder) {
    this.file = folder.secrets();
    try (JsonReader reader =
        JSON.createReader(new StringReader(Files.readString(file, StandardCharsets.UTF_8)))) {
      reader.readObject().forEach((slot, value) -> slots.put(slot, read(value.asJsonObject())));
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new ConfigProblem("cannot read " + file + " (" + Words.of(e) + ")", e);
    } catch (JsonException | ClassCastException e) {
      slots.clear();
    }
  }

  /** What is known of a slot; never null. */
  public synchronized RepositoryConnection slot(String name) {
    return slots.getOrDefault(name, RepositoryConnection.NONE);
  }

  /**
   * Takes over the fields that are present, and writes them to the disk before it returns.
   *
   * @throws IOException if they cannot be written; nothing has changed then
   */
  public synchronized void apply(ConfigUpdate update) throws IOException {
    RepositoryConnection old = slot(update.slot());
    RepositoryConnection changed =
        new RepositoryConnection(
            orElse(update.repoUrl(), old.url()),
            orElse(update.repoPassword(), old.password()),
            orElse(update.repoUsername(), old.username()),
            orElse(update.repoCredential(), old.credential()),
            orElse(update.hookShell(), old.hookShell()),
            update.environment() == null ? old.environment() : byName(update.environment()),
            orElse(update.limitUploadKib(), old.limitUploadKib()),
            orElse(update.limitDownloadKib(), old.limitDownloadKib()),
            orElse(update.keyPassword(), old.keyPassword()));
    if (changed.equals(old)) {
      return;
    }
    Map<String, RepositoryConnection> next = new TreeMap<>(slots);
    next.put(update.slot(), changed);
    JsonObjectBuilder json = JSON.createObjectBuilder();
    next.forEach((slot, connection) -> json.add(slot, write(connection)));
    PrivateFile.write(file, json.build().toString().getBytes(StandardCharsets.UTF_8));
    slots.putAll(next);
  }

  private static Map<String, String> byName(List<BackendVariable> variables) {
    Map<String, String> values = new TreeMap<>();
    variables.forEach(variable -> values.put(variable.name(), variable.value()));
    return values;
  }

  private static <T> T orElse(T value, T old) {
    return value == null ? old : value;
  }

  private static RepositoryConnection read(JsonObject json) {
    return new RepositoryConnection(
        json.getString("url", ""),
        json.getString("password", ""),
        json.getString("username", ""),
        json.getString("credential", ""),
        json.getString("hookShell", ""),
        readEnvironment(json),
        readLimit(json, "limitUploadKib"),
        readLimit(json, "limitDownloadKib"),
        json.getString("keyPassword", ""));
  }

  private static long readLimit(JsonObject json, String name) {
    return json.containsKey(name) ? json.getJsonNumber(name).longValue() : 0;
  }

  private static Map<String, String> readEnvironment(JsonObject json) {
    return json
        .getOrDefault("environment", JsonValue.EMPTY_JSON_OBJECT)
        .asJsonObject()
        .entrySet()
        .stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, each -> ((JsonString) each.getValue()).getString()));
  }

  private static JsonObjectBuilder write(RepositoryConnection connection) {
    JsonObjectBuilder environment = JSON.createObjectBuilder();
    connection.environment().forEach(environment::add);
    return JSON.createObjectBuilder()
        .add("url", connection.url())
        .add("password", connection.password())
        .add("username", connection.username())
        .add("credential", connection.credential())
        .add("hookShell", connection.hookShell())
        .add("environment", environment)
        .add("limitUploadKib", connection.limitUploadKib())
        .add("limitDownloadKib", connection.limitDownloadKib())
        .add("keyPassword", connection.keyPassword());
  }
}
