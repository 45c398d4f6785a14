package org.resticmanager.protocol.wire;

import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** Finds the {@link ValueType} of a Java type; a type that has none cannot be in a message. */
final class WireTypes {

  private static final Map<Class<?>, ValueType> SCALARS =
      Map.of(
          String.class, ScalarType.TEXT,
          int.class, ScalarType.INT,
          long.class, ScalarType.LONG,
          Long.class, ScalarType.LONG,
          double.class, ScalarType.DOUBLE,
          boolean.class, ScalarType.BOOLEAN,
          Boolean.class, ScalarType.BOOLEAN,
          Instant.class, ScalarType.TIME,
          OffsetDateTime.class, ScalarType.LOCAL_TIME);

  private final JsonObjectType anyObject;

  WireTypes(JsonBuilderFactory builders) {
    anyObject = new JsonObjectType(builders);
  }

  RecordType ofRecord(Class<?> type) {
    return new RecordType(type, this::of);
  }

  private ValueType of(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return new ListType(of(list.getActualTypeArguments()[0]));
    }
    if (type instanceof Class<?> plain) {
      return of(plain);
    }
    throw new IllegalArgumentException(type + " has no form on the wire");
  }

  private ValueType of(Class<?> type) {
    if (SCALARS.containsKey(type)) {
      return SCALARS.get(type);
    }
    if (type == JsonObject.class) {
      return anyObject;
    }
    if (type.isEnum()) {
      return new EnumType(type);
    }
    if (type.isRecord()) {
      return ofRecord(type);
    }
    throw new IllegalArgumentException(type + " has no form on the wire");
  }
}
