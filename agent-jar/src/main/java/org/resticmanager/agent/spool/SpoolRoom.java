package org.resticmanager.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.resticmanager.agent.config.PrivateFile;
import org.resticmanager.agent.config.SpoolSettings;
import org.resticmanager.protocol.wire.LogStreamName;

/**
 * The room that the log lines of all jobs share, and a small reserve on the disk which is given up
 * when the disk is full, so that the end of a job can be written even then. Thread-safe.
 */
final class SpoolRoom {

  static final int LARGEST_SEGMENT = 1024 * 1024;

  private static final int RESERVE_BYTES = 256 * 1024;

  /** Of the room, the part that is kept for restic's summaries and errors: an eighth. */
  private static final int KEPT_FOR_EVENTS = 8;

  private final long maxBytes;
  private final Path reserve;
  private long usedBytes;

  SpoolRoom(SpoolSettings settings, Path folder) {
    this.maxBytes = settings.maxBytes();
    this.reserve = folder.resolve(".reserve");
  }

  /** How large one file of lines may become. */
  int segmentBytes() {
    return (int) Math.min(LARGEST_SEGMENT, maxBytes / KEPT_FOR_EVENTS);
  }

  /** Whether a line of this stream still has a place. */
  synchronized boolean hasFor(LogStreamName stream, long bytes) {
    long limit = stream == LogStreamName.EVENT ? maxBytes : forLines(maxBytes);
    return usedBytes + bytes <= limit;
  }

  /** The part of a room that stdout and stderr may fill. */
  static long forLines(long maxBytes) {
    return maxBytes - maxBytes / KEPT_FOR_EVENTS;
  }

  synchronized void taken(long bytes) {
    usedBytes += bytes;
  }

  synchronized void given(long bytes) {
    usedBytes -= bytes;
  }

  /** What must be written although the disk is full: if it fails, once more without the reserve. */
  void writeAnyway(Write write) throws IOException {
    try {
      write.run();
    } catch (IOException e) {
      if (!Files.deleteIfExists(reserve)) {
        throw e;
      }
      write.run();
    }
  }

  /** Takes the reserve again, if the disk has room for it. */
  void keepReserve() {
    try {
      if (Files.exists(reserve) && Files.size(reserve) == RESERVE_BYTES) {
        return;
      }
      PrivateFile.createEmpty(reserve);
      try (FileChannel channel = PrivateFile.openForAppend(reserve)) {
        ByteBuffer content = ByteBuffer.allocate(RESERVE_BYTES);
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true);
      }
    } catch (IOException e) {
      // as full as this: there is nothing to keep
      deleteQuietly();
    }
  }

  private void deleteQuietly() {
    try {
      Files.deleteIfExists(reserve);
    } catch (IOException e) {
      return;
    }
  }

  /** Something that writes. */
  @FunctionalInterface
  interface Write {

    void run() throws IOException;
  }
}
