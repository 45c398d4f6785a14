package org.resticmanager.protocol.wire;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the golden files hold of each record, to try what the codec makes of it when something is
 * changed.
 */
final class WireSamples {

  private final WireTypes types = new WireTypes(Json.createBuilderFactory(Map.of()));
  private final Map<Class<?>, RecordType> records = new HashMap<>();
  private final Map<Class<?>, List<JsonObject>> samples = new HashMap<>();

  WireSamples() {
    for (MessageType type : MessageType.values()) {
      for (String name : GoldenFiles.ours(type)) {
        JsonObject frame = GoldenFiles.json(GoldenFiles.read(type, name));
        collect(type.payload(), frame.getJsonObject("payload"));
      }
    }
  }

  private void collect(Type type, JsonValue value) {
    if (type instanceof ParameterizedType list) {
      Type element = list.getActualTypeArguments()[0];
      value.asJsonArray().forEach(each -> collect(element, each));
    } else if (type instanceof Class<?> record && record.isRecord()) {
      JsonObject object = value.asJsonObject();
      samples.computeIfAbsent(record, any -> new ArrayList<>()).add(object);
      fields(record)
          .forEach(
              field -> {
                if (object.containsKey(field.name())) {
                  collect(
                      record.getRecordComponents()[field.index()].getGenericType(),
                      object.get(field.name()));
                }
              });
    }
  }

  /** The components of a record, as they are on the wire. */
  List<RecordType.Field> fields(Class<?> record) {
    return record(record).fields();
  }

  private RecordType record(Class<?> record) {
    return records.computeIfAbsent(record, types::ofRecord);
  }

  /** Whether the record cannot be read without this key, whatever else it says. */
  boolean demands(Class<?> record, String key) {
    return of(record).map(sample -> without(sample, key)).noneMatch(json -> reads(record, json));
  }

  /** Whether the record cannot be read with this value, whatever else it says. */
  boolean refuses(Class<?> record, String key, JsonValue value) {
    return of(record)
        .map(sample -> Json.createObjectBuilder(sample).add(key, value).build())
        .noneMatch(json -> reads(record, json));
  }

  /** The keys that are written even if there is nothing to say, in the order of writing. */
  Set<String> alwaysWritten(Class<?> record) {
    Set<String> always = null;
    for (JsonObject sample : of(record).toList()) {
      Set<String> keys = written(record, bare(record, sample)).keySet();
      if (always == null) {
        always = new LinkedHashSet<>(keys);
      } else {
        always.retainAll(keys);
      }
    }
    return always;
  }

  private Stream<JsonObject> of(Class<?> record) {
    return samples.getOrDefault(record, List.of()).stream();
  }

  /** The sample without all that it can be read without. */
  private JsonObject bare(Class<?> record, JsonObject sample) {
    JsonObject bare = sample;
    for (String key : sample.keySet()) {
      JsonObject less = without(bare, key);
      bare = reads(record, less) ? less : bare;
    }
    return bare;
  }

  private static JsonObject without(JsonObject object, String key) {
    return Json.createObjectBuilder(object).remove(key).build();
  }

  private boolean reads(Class<?> record, JsonObject json) {
    try {
      read(record, json);
      return true;
    } catch (BadValue e) {
      return false;
    }
  }

  private Object read(Class<?> record, JsonObject json) {
    try (JsonParser in = Json.createParser(new StringReader(json.toString()))) {
      return record(record).read(in, in.next());
    }
  }

  private JsonObject written(Class<?> record, JsonObject json) {
    JsonText out = new JsonText();
    record(record).write(read(record, json), out);
    return GoldenFiles.json(out.toString());
  }
}
