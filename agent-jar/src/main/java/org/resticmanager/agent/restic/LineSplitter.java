package org.resticmanager.agent.restic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines of at most 64 KiB, however long the stream's own lines are. The
 * rest of a longer line is counted and thrown away; bytes that are not UTF-8 are replaced.
 */
final class LineSplitter {

  static final int MAX_LINE_BYTES = 64 * 1024;

  /** Room for the mark, so that a cut line stays within the limit. */
  private static final int KEPT_BYTES = MAX_LINE_BYTES - 64;

  private final Lines lines;
  private long read;
  private byte[] line = new byte[1024];
  private int length;
  private long surplus;

  /**
   * @param from the place of the first byte in the whole stream
   */
  LineSplitter(long from, Lines lines) {
    this.read = from;
    this.lines = lines;
  }

  /** Takes the lines. */
  @FunctionalInterface
  interface Lines {

    /**
     * @param line without its end
     * @param end the place after it in the stream
     */
    void accept(String line, long end);
  }

  void accept(byte[] bytes, int count) {
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        keep(bytes, start, i);
        emit(read + i + 1);
        start = i + 1;
      }
    }
    keep(bytes, start, count);
    read += count;
  }

  /** There will be no more bytes: what stands without an end of line is a line too. */
  void end() {
    if (length > 0) {
      emit(read);
    }
  }

  private void keep(byte[] bytes, int from, int to) {
    int taken = Math.min(to - from, MAX_LINE_BYTES - length);
    if (length + taken > line.length) {
      line =
          Arrays.copyOf(line, Math.min(MAX_LINE_BYTES, Math.max(2 * line.length, length + taken)));
    }
    System.arraycopy(bytes, from, line, length, taken);
    length += taken;
    surplus += to - from - taken;
  }

  private void emit(long place) {
    if (surplus > 0) {
      surplus += length - KEPT_BYTES;
      length = KEPT_BYTES;
    }
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    String text = new String(line, 0, end, StandardCharsets.UTF_8);
    lines.accept(surplus > 0 ? text + " [cut: " + surplus + " more bytes]" : text, place);
    length = 0;
    surplus = 0;
  }
}
