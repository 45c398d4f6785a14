package org.resticmanager.protocol.wire;

import static java.util.stream.Collectors.toUnmodifiableMap;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A text that is one of a few words, the constants of an enum. */
final class EnumType implements ValueType {

  private final Map<String, Enum<?>> constants;
  private final String refusal;

  EnumType(Class<?> type) {
    Enum<?>[] all = (Enum<?>[]) type.getEnumConstants();
    constants = Arrays.stream(all).collect(toUnmodifiableMap(WireNames::of, Function.identity()));
    refusal =
        Arrays.stream(all).map(WireNames::of).collect(Collectors.joining(", ", "is none of ", ""));
  }

  @Override
  public Object read(JsonParser in, Event first) {
    Enum<?> constant = first == Event.VALUE_STRING ? constants.get(in.getString()) : null;
    if (constant == null) {
      throw new BadValue(refusal);
    }
    return constant;
  }

  @Override
  public void write(Object value, JsonText out) {
    out.text(WireNames.of((Enum<?>) value));
  }

  @Override
  public boolean empty(Object value) {
    return false;
  }
}
