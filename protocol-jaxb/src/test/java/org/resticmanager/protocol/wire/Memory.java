package org.resticmanager.protocol.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Function;

/** How much memory reading a frame may take: in proportion to the frame. */
final class Memory {

  /** The worst that was seen is 22, for a list of nearly empty snapshots. */
  static final long PER_CHARACTER = 32;

  /** Buffers of the parser, and an object that we carry without knowing its keys. */
  static final long AT_LEAST = 1 << 20;

  private static final int ATTEMPTS = 3;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Memory() {}

  /**
   * Reads a frame and looks at what that takes. A first run may load classes, therefore too much
   * must be seen several times.
   *
   * @throws AssertionError if it is more than allowed
   */
  static Decoded decode(String frame, Function<String, Decoded> side) {
    long allowed = PER_CHARACTER * frame.length() + AT_LEAST;
    long taken = Long.MAX_VALUE;
    for (int i = 0; i < ATTEMPTS; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Decoded decoded = side.apply(frame);
      taken = THREADS.getCurrentThreadAllocatedBytes() - before;
      if (taken <= allowed) {
        return decoded;
      }
    }
    throw new AssertionError(
        "took " + taken + " bytes for " + frame.length() + " characters, allowed are " + allowed);
  }
}
