package org.resticmanager.protocol.wire;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docs/asyncapi.yaml}: what others are told of the protocol. */
final class AsyncApi {

  private static final Path FILE = Path.of("../docs/asyncapi.yaml");

  private final Map<String, Object> document;

  AsyncApi() {
    try (Reader reader = Files.newBufferedReader(FILE)) {
      document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all messages. */
  Set<String> messages() {
    return object(document, "components", "messages").keySet();
  }

  /** The names of those that the connection carries. */
  Set<String> messagesOfTheChannel() {
    return object(document, "channels", "agent", "messages").keySet();
  }

  /** The names of those that the server sends, or receives; a reply goes the other way. */
  Set<String> messages(String action) {
    Set<String> names = new TreeSet<>();
    for (Object each : object(document, "operations").values()) {
      Map<String, Object> operation = asObject(each);
      boolean other = !operation.get("action").equals(action);
      Map<String, Object> direction = other ? object(operation, "reply") : operation;
      list(direction, "messages").forEach(message -> names.add(refersTo(asObject(message))));
    }
    return names;
  }

  private static String refersTo(Map<String, Object> reference) {
    String pointer = (String) reference.get("$ref");
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  Map<String, Object> message(String name) {
    return object(document, "components", "messages", name);
  }

  /** What a message says beyond the envelope that all have. */
  Map<String, Object> frame(String message) {
    List<Object> both = list(object(message(message), "payload"), "allOf");
    return asObject(both.get(1));
  }

  /** The schema of a message's payload. */
  Map<String, Object> payload(String message) {
    return property(frame(message), "payload");
  }

  Map<String, Object> schemas() {
    return object(document, "components", "schemas");
  }

  /** The schema of a property, wherever it stands. */
  Map<String, Object> property(Map<String, Object> schema, String name) {
    return resolved(object(schema, "properties", name));
  }

  /** The schema of a list's elements. */
  Map<String, Object> items(Map<String, Object> list) {
    return resolved(object(list, "items"));
  }

  /** Follows references, and adds what stands beside them. */
  Map<String, Object> resolved(Map<String, Object> schema) {
    if (schema.containsKey("$ref")) {
      return resolved(asObject(at((String) schema.get("$ref"))));
    }
    if (!schema.containsKey("allOf")) {
      return schema;
    }
    Map<String, Object> all = new HashMap<>();
    list(schema, "allOf").forEach(each -> all.putAll(resolved(asObject(each))));
    all.putAll(schema);
    return all;
  }

  /** All that something refers to, as JSON pointers. */
  Set<String> references() {
    Set<String> found = new HashSet<>();
    walk((key, value) -> found.add(value.toString()), "$ref", document);
    return found;
  }

  /** All extensions that a message, property or value belongs to. */
  Set<String> features() {
    Set<String> found = new HashSet<>();
    walk((key, value) -> found.add(value.toString()), "x-feature", document);
    walk(
        (key, value) -> asObject(value).values().forEach(feature -> found.add(feature.toString())),
        "x-enum-features",
        document);
    return found;
  }

  private static void walk(BiConsumer<String, Object> visit, String wanted, Object node) {
    if (node instanceof Map<?, ?> object) {
      object.forEach(
          (key, value) -> {
            if (key.equals(wanted)) {
              visit.accept(wanted, value);
            }
            walk(visit, wanted, value);
          });
    } else if (node instanceof List<?> list) {
      list.forEach(each -> walk(visit, wanted, each));
    }
  }

  /** What a JSON pointer within the document refers to; null if nothing. */
  Object at(String pointer) {
    Object node = document;
    for (String step : pointer.substring("#/".length()).split("/", -1)) {
      node = node instanceof Map<?, ?> object ? object.get(step) : null;
    }
    return node;
  }

  /** An object within an object; empty if there is none. */
  static Map<String, Object> object(Map<String, Object> node, String... path) {
    Map<String, Object> at = node;
    for (String step : path) {
      at = at.containsKey(step) ? asObject(at.get(step)) : Map.of();
    }
    return at;
  }

  /** A list in an object; empty if there is none. */
  @SuppressWarnings("unchecked") // a document that is built otherwise fails its test
  static List<Object> list(Map<String, Object> node, String key) {
    return (List<Object>) node.getOrDefault(key, List.of());
  }

  @SuppressWarnings("unchecked") // keys are texts in this document
  static Map<String, Object> asObject(Object node) {
    return (Map<String, Object>) node;
  }
}
