package org.resticmanager.joblog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line's text as it is stored: UTF-8, without NUL, at most 64 KiB and a mark. */
final class StoredText {

  /** Protocol, section 5. */
  static final int MAX_BYTES = 64 * 1024;

  private static final char REPLACEMENT = '\uFFFD';

  private StoredText() {}

  static byte[] of(String payload) {
    byte[] text = storable(payload).getBytes(StandardCharsets.UTF_8);
    return text.length <= MAX_BYTES ? text : cut(text);
  }

  /** PostgreSQL's text holds every character but NUL, and UTF-8 has no half characters. */
  private static String storable(String payload) {
    for (int i = 0; i < payload.length(); i++) {
      char character = payload.charAt(i);
      if (character == '\0' || Character.isSurrogate(character)) {
        return replaced(payload);
      }
    }
    return payload;
  }

  private static String replaced(String payload) {
    StringBuilder text = new StringBuilder(payload.length());
    payload
        .codePoints()
        .map(point -> point == 0 || isHalf(point) ? REPLACEMENT : point)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private static byte[] cut(byte[] text) {
    int end = MAX_BYTES;
    while ((text[end] & 0xC0) == 0x80) { // inside a character
      end--;
    }
    byte[] mark =
        (" … [cut here: " + (text.length - end) + " bytes more]").getBytes(StandardCharsets.UTF_8);
    byte[] shortened = Arrays.copyOf(text, end + mark.length);
    System.arraycopy(mark, 0, shortened, end, mark.length);
    return shortened;
  }
}
