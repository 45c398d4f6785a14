package org.resticmanager.protocol.wire;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Texts, numbers, truth values and timestamps. */
enum ScalarType implements ValueType {
  TEXT {
    @Override
    public Object read(JsonParser in, Event first) {
      return text(in, first, "is not a text");
    }

    @Override
    public void write(Object value, JsonText out) {
      out.text((String) value);
    }

    @Override
    public boolean empty(Object value) {
      return ((String) value).isEmpty();
    }
  },

  /** A whole number of 32 bits. */
  INT {
    @Override
    public Object read(JsonParser in, Event first) {
      long value = whole(in, first);
      if (value != (int) value) {
        throw new BadValue("is beyond 32 bits");
      }
      return (int) value;
    }

    @Override
    public void write(Object value, JsonText out) {
      out.number((Integer) value);
    }

    @Override
    public boolean empty(Object value) {
      return (Integer) value == 0;
    }
  },

  /** A whole number of 64 bits. */
  LONG {
    @Override
    public Object read(JsonParser in, Event first) {
      return whole(in, first);
    }

    @Override
    public void write(Object value, JsonText out) {
      out.number((Long) value);
    }

    @Override
    public boolean empty(Object value) {
      return (Long) value == 0;
    }
  },

  DOUBLE {
    @Override
    public Object read(JsonParser in, Event first) {
      // adding 0 turns -0.0 into 0.0, so that equal numbers are equal components
      double value = Double.parseDouble(number(in, first)) + 0.0;
      if (Double.isInfinite(value)) {
        throw new BadValue("is beyond all bounds");
      }
      return value;
    }

    @Override
    public void write(Object value, JsonText out) {
      out.number((Double) value);
    }

    @Override
    public boolean empty(Object value) {
      return (Double) value == 0;
    }
  },

  BOOLEAN {
    @Override
    public Object read(JsonParser in, Event first) {
      return switch (first) {
        case VALUE_TRUE -> Boolean.TRUE;
        case VALUE_FALSE -> Boolean.FALSE;
        default -> throw new BadValue("is not true or false");
      };
    }

    @Override
    public void write(Object value, JsonText out) {
      out.json(value.toString());
    }

    @Override
    public boolean empty(Object value) {
      return value == Boolean.FALSE;
    }
  },

  TIME {
    @Override
    public Object read(JsonParser in, Event first) {
      return Timestamp.parse(text(in, first, "is not a timestamp"));
    }

    @Override
    public void write(Object value, JsonText out) {
      out.text(Timestamp.format((Instant) value));
    }

    @Override
    public boolean empty(Object value) {
      return Timestamp.unknown((Instant) value);
    }
  },

  /** A timestamp of which the offset matters. */
  LOCAL_TIME {
    @Override
    public Object read(JsonParser in, Event first) {
      return Timestamp.parseLocal(text(in, first, "is not a timestamp"));
    }

    @Override
    public void write(Object value, JsonText out) {
      out.text(Timestamp.format((OffsetDateTime) value));
    }

    @Override
    public boolean empty(Object value) {
      return Timestamp.unknown(((OffsetDateTime) value).toInstant());
    }
  };

  /** No number that anybody means has more characters; 64 bits need 20, a double up to 26. */
  static final int MAX_NUMBER_LENGTH = 64;

  private static String text(JsonParser in, Event first, String otherwise) {
    if (first != Event.VALUE_STRING) {
      throw new BadValue(otherwise);
    }
    return in.getString();
  }

  /** The number as it stands in the frame: the parser's own conversions are not bounded. */
  static String number(JsonParser in, Event first) {
    if (first != Event.VALUE_NUMBER) {
      throw new BadValue("is not a number");
    }
    String text = in.getString();
    if (text.length() > MAX_NUMBER_LENGTH) {
      throw new BadValue("is beyond all bounds");
    }
    return text;
  }

  private static long whole(JsonParser in, Event first) {
    String text = number(in, first);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        throw new BadValue("is not a whole number");
      }
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new BadValue("is beyond 64 bits");
    }
  }
}
