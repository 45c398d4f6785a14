package org.resticmanager.bench;

import java.util.Optional;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.Message;

/** A comparison says something only if both sides come to the same result. */
final class SameWork {

  private SameWork() {}

  /**
   * @throws IllegalStateException if they do not
   */
  static void check(
      String frame, String frameByJackson, Decoded read, Message readByJackson, Message message) {
    require(frame.equals(frameByJackson), frame + " is not " + frameByJackson);
    require(read.equals(new Decoded.Understood(Optional.empty(), message)), read.toString());
    require(readByJackson.equals(message), readByJackson.toString());
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
