package org.resticmanager.web.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * Stands for a state of something: equal for equal contents, another one for all others.
 *
 * @param value without quotes
 */
record Etag(String value) {

  private static final int LENGTH = 32;

  /** The tag of a state. */
  static Etag of(Editable state) {
    StringBuilder text = new StringBuilder();
    append(text, state.editable());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return new Etag(HexFormat.of().formatHex(hash).substring(0, LENGTH));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With lengths, so that no two contents have one text. */
  private static void append(StringBuilder text, Object part) {
    if (part instanceof Collection<?> parts) {
      text.append('[');
      parts.forEach(each -> append(text, each));
      text.append(']');
    } else if (part == null) {
      text.append('-');
    } else {
      String content = part.toString();
      text.append(content.length()).append(':').append(content);
    }
  }

  /** As in a header. */
  String quoted() {
    return '"' + value + '"';
  }
}
