package org.resticmanager.protocol.wire;

import java.util.List;

/**
 * The checks that the records' constructors share. What they say is the field as it is on the wire,
 * a space, and what is wrong with it: the codec puts the path of an enclosing record before it.
 */
final class Require {

  private Require() {}

  static void present(Object value, String field) {
    if (value == null || (value instanceof String text && text.isEmpty())) {
      throw new IllegalArgumentException(field + " is missing");
    }
  }

  static void notNegative(Long value, String field) {
    if (value != null && value < 0) {
      throw new IllegalArgumentException(field + " is negative");
    }
  }

  static void fraction(double value, String field) {
    // written so that NaN is refused too
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(field + " is not between 0 and 1");
    }
  }

  /** Go's {@code encoding/json} writes an absent list as null. */
  static <T> List<T> listOrEmpty(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /** An absent text is the empty text. */
  static String textOrEmpty(String text) {
    return text == null ? "" : text;
  }
}
