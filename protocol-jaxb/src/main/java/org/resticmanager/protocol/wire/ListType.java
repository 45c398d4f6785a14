package org.resticmanager.protocol.wire;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.List;

/** A list of values of one kind. */
final class ListType implements ValueType {

  private final ValueType element;

  ListType(ValueType element) {
    this.element = element;
  }

  ValueType element() {
    return element;
  }

  @Override
  public Object read(JsonParser in, Event first) {
    if (first != Event.START_ARRAY) {
      throw new BadValue("is not a list");
    }
    List<Object> values = new ArrayList<>();
    for (Event event = in.next(); event != Event.END_ARRAY; event = in.next()) {
      try {
        values.add(element(in, event));
      } catch (BadValue e) {
        throw e.inside("[" + values.size() + "]");
      }
    }
    return values;
  }

  private Object element(JsonParser in, Event event) {
    Object value = event == Event.VALUE_NULL ? null : element.read(in, event);
    if (value == null) {
      throw new BadValue("is null");
    }
    return value;
  }

  @Override
  public void write(Object value, JsonText out) {
    String before = "[";
    for (Object each : (List<?>) value) {
      out.json(before);
      element.write(each, out);
      before = ",";
    }
    out.json(before.equals("[") ? "[]" : "]");
  }

  @Override
  public boolean empty(Object value) {
    return ((List<?>) value).isEmpty();
  }
}
