package org.resticmanager.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Reads a spool from one place on, as far as it has been written, holding no more than one line and
 * a chunk. For one thread.
 */
final class SpoolReader {

  private static final int CHUNK_BYTES = 64 * 1024;

  private final Source source;
  private final LongSupplier committed;
  private long position;
  private byte[] ahead = new byte[0];
  private int aheadStart;

  SpoolReader(Source source, LongSupplier committed, long position) {
    this.source = source;
    this.committed = committed;
    this.position = position;
  }

  /** The place after the last line that was returned. */
  long position() {
    return position;
  }

  /** The next line without its end; empty if there is none yet. */
  Optional<String> next() throws IOException {
    int searched = aheadStart;
    while (true) {
      for (int i = searched; i < ahead.length; i++) {
        if (ahead[i] == '\n') {
          String line = new String(ahead, aheadStart, i - aheadStart, StandardCharsets.UTF_8);
          position += i + 1 - aheadStart;
          aheadStart = i + 1;
          return Optional.of(line);
        }
      }
      int kept = ahead.length - aheadStart;
      if (!readMore()) {
        return Optional.empty();
      }
      searched = kept;
    }
  }

  private boolean readMore() throws IOException {
    int kept = ahead.length - aheadStart;
    long from = position + kept;
    long available = committed.getAsLong() - from;
    if (available <= 0) {
      return false;
    }
    byte[] next = Arrays.copyOfRange(ahead, aheadStart, ahead.length);
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, available));
    while (chunk.hasRemaining()) {
      if (source.read(chunk, from + chunk.position()) < 0) {
        break;
      }
    }
    ahead = Arrays.copyOf(next, kept + chunk.position());
    System.arraycopy(chunk.array(), 0, ahead, kept, chunk.position());
    aheadStart = 0;
    return chunk.position() > 0;
  }

  /** Where the bytes come from. */
  @FunctionalInterface
  interface Source {

    /** Reads some bytes from this place on; less than 0 if there are none any more. */
    int read(ByteBuffer into, long position) throws IOException;
  }
}
