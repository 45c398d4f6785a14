package org.resticmanager.protocol.wire;

import static java.util.stream.Collectors.toUnmodifiableMap;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * An object whose keys are the components of a record, in snake_case. Absent and null components
 * reach the constructor as null, or as 0 and false where they are primitive; the constructor says
 * what may be missing.
 */
final class RecordType implements ValueType {

  private final MethodHandle constructor;
  private final List<Field> fields;
  private final Map<String, Field> byName;
  private final String refusedPrefix;

  /**
   * Looks at a record once, so that frames need no reflection.
   *
   * @param types the type of each component, found by its declaration
   */
  RecordType(Class<?> type, Function<java.lang.reflect.Type, ValueType> types) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      constructor = constructor(type, components);
      List<Field> found = new ArrayList<>();
      for (RecordComponent component : components) {
        found.add(Field.of(found.size(), component, types.apply(component.getGenericType())));
      }
      fields = List.copyOf(found);
    } catch (IllegalAccessException | NoSuchMethodException e) {
      throw new IllegalStateException(type + " is not a public record", e);
    }
    byName = fields.stream().collect(toUnmodifiableMap(Field::name, Function.identity()));
    RefuseUnknown refuse = type.getAnnotation(RefuseUnknown.class);
    refusedPrefix = refuse == null ? null : refuse.prefix();
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] components)
      throws IllegalAccessException, NoSuchMethodException {
    Class<?>[] parameters =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return MethodHandles.lookup()
        .findConstructor(type, MethodType.methodType(void.class, parameters))
        .asType(MethodType.genericMethodType(parameters.length))
        .asSpreader(Object[].class, parameters.length);
  }

  /** The fields in the order of their declaration, which is the order of writing. */
  List<Field> fields() {
    return fields;
  }

  @Override
  public Object read(JsonParser in, Event first) {
    if (first != Event.START_OBJECT) {
      throw new BadValue("is not an object");
    }
    Object[] values = new Object[fields.size()];
    for (Event event = in.next(); event != Event.END_OBJECT; event = in.next()) {
      String key = in.getString();
      Field field = byName.get(key);
      Event value = in.next();
      if (field == null) {
        refuse(key);
        Unknown.skip(in, value);
      } else if (value != Event.VALUE_NULL) {
        read(field, values, in, value);
      }
    }
    return make(values);
  }

  private void refuse(String unknownKey) {
    if (refusedPrefix != null && unknownKey.startsWith(refusedPrefix)) {
      throw new BadValue(
          "has a key with " + refusedPrefix + " that is not known: it cannot be ignored");
    }
  }

  private static void read(Field field, Object[] values, JsonParser in, Event first) {
    try {
      if (values[field.index()] != null) {
        throw new BadValue("is given twice");
      }
      values[field.index()] = field.type().read(in, first);
    } catch (BadValue e) {
      throw e.inside(field.name());
    }
  }

  /** The record of an object without any key. */
  Object ofNothing() {
    return make(new Object[fields.size()]);
  }

  private Object make(Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        values[i] = fields.get(i).absent();
      }
    }
    try {
      return constructor.invokeExact(values);
    } catch (IllegalArgumentException e) {
      throw BadValue.of(e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a record's constructor declares no exception", e);
    }
  }

  @Override
  public void write(Object value, JsonText out) {
    String before = "{";
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      Object component = field.of(value);
      if (component != null && !(field.omitEmpty() && field.type().empty(component))) {
        out.json(before).json(field.keyAndColon());
        field.type().write(component, out);
        before = ",";
      }
    }
    out.json(before.equals("{") ? "{}" : "}");
  }

  @Override
  public boolean empty(Object value) {
    return false;
  }

  /**
   * One component.
   *
   * @param index its place in the declaration
   * @param name its key on the wire
   * @param keyAndColon the key as it is written
   * @param type what it holds
   * @param absent what it is when its key is missing or null
   * @param omitEmpty whether it is left out when it is empty
   * @param accessor reads it from a record
   */
  record Field(
      int index,
      String name,
      String keyAndColon,
      ValueType type,
      Object absent,
      boolean omitEmpty,
      MethodHandle accessor) {

    static Field of(int index, RecordComponent component, ValueType type)
        throws IllegalAccessException {
      String name = snakeCase(component.getName());
      return new Field(
          index,
          name,
          "\"" + name + "\":",
          type,
          absent(component.getType()),
          component.isAnnotationPresent(OmitEmpty.class),
          MethodHandles.lookup()
              .unreflect(component.getAccessor())
              .asType(MethodType.genericMethodType(1)));
    }

    Object of(Object owner) {
      try {
        return accessor.invokeExact(owner);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("a record's accessor declares no exception", e);
      }
    }

    private static Object absent(Class<?> type) {
      if (type == boolean.class) {
        return false;
      }
      if (type == int.class) {
        return 0;
      }
      if (type == long.class) {
        return 0L;
      }
      return type == double.class ? 0.0 : null;
    }

    private static String snakeCase(String camelCase) {
      return IntStream.range(0, camelCase.length())
          .mapToObj(i -> camelCase.substring(i, i + 1))
          .map(c -> Character.isUpperCase(c.charAt(0)) ? "_" + c.toLowerCase(Locale.ROOT) : c)
          .collect(java.util.stream.Collectors.joining());
    }
  }
}
