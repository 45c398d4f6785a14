package org.resticmanager.protocol.wire;

import jakarta.json.stream.JsonParser;

/**
 * One kind of value in a frame: how it is read, strictly, and how it is written. Immutable.
 *
 * <p>Null never gets here: it is the same as absent, and what is absent is not written.
 */
interface ValueType {

  /**
   * Reads one value.
   *
   * @param in stands at the value's first event, and afterwards at its last
   * @param first that event, never {@code VALUE_NULL}
   * @return the value; null for one that says "unknown"
   * @throws BadValue if it is of another kind, or out of bounds
   */
  Object read(JsonParser in, JsonParser.Event first);

  /** Writes a value, which is not null. */
  void write(Object value, JsonText out);

  /** Whether the value says no more than its absence ({@link OmitEmpty}). */
  boolean empty(Object value);
}
