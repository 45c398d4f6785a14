package org.resticmanager.protocol.wire;

import java.nio.charset.StandardCharsets;

/** How large a frame is on the wire: in bytes of UTF-8, whatever a WebSocket library counts. */
public final class FrameSize {

  /** No character of a Java string takes more in UTF-8. */
  private static final int MAX_BYTES_PER_CHAR = 3;

  private FrameSize() {}

  /** Whether a frame takes more than so many bytes; cheap for one that is much smaller. */
  public static boolean isAbove(String frame, int bytes) {
    if (frame.length() > bytes) {
      return true; // without a copy of what is too large
    }
    return (long) MAX_BYTES_PER_CHAR * frame.length() > bytes
        && frame.getBytes(StandardCharsets.UTF_8).length > bytes;
  }
}
