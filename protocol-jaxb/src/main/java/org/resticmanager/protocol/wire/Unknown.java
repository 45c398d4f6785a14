package org.resticmanager.protocol.wire;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;

/** What a peer may send that we do not know: passed over, as long as its nesting is sane. */
final class Unknown {

  /** The protocol itself nests 6 deep, restic's summaries 2. */
  private static final int MAX_DEPTH = 64;

  private Unknown() {}

  /** Passes over one value, whatever it is; the parser then stands at its last event. */
  static void skip(JsonParser in, Event first) {
    int depth = 0;
    Event event = first;
    while (true) {
      switch (event) {
        case START_OBJECT, START_ARRAY -> checkDepth(++depth);
        case END_OBJECT, END_ARRAY -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return;
      }
      event = in.next();
    }
  }

  static void checkDepth(int depth) {
    if (depth > MAX_DEPTH) {
      throw new BadValue("is nested too deeply");
    }
  }
}
