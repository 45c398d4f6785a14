package org.resticmanager.protocol.wire;

/**
 * The frame that is being written. What comes out can always be sent as UTF-8: half a surrogate
 * pair, which no encoder takes, is written as an escape.
 */
final class JsonText {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder frame = new StringBuilder(256);

  /** Appends what is JSON already. */
  JsonText json(String json) {
    frame.append(json);
    return this;
  }

  JsonText number(long value) {
    frame.append(value);
    return this;
  }

  /** A finite number; a whole one without a fraction, as most peers write it. */
  JsonText number(double value) {
    if (value == (int) value) {
      frame.append((int) value);
    } else {
      frame.append(value);
    }
    return this;
  }

  /** A text in quotes. */
  JsonText text(String text) {
    frame.append('"');
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        frame.append(text, done, i);
        escape(c);
        done = i + 1;
      } else if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          frame.append(text, done, i);
          escape(c);
          done = i + 1;
        }
      }
    }
    if (done == 0) {
      frame.append(text);
    } else {
      frame.append(text, done, text.length());
    }
    frame.append('"');
    return this;
  }

  private void escape(char c) {
    frame.append('\\');
    switch (c) {
      case '"', '\\' -> frame.append(c);
      case '\n' -> frame.append('n');
      case '\r' -> frame.append('r');
      case '\t' -> frame.append('t');
      default ->
          frame
              .append('u')
              .append(HEX[c >> 12])
              .append(HEX[c >> 8 & 0xf])
              .append(HEX[c >> 4 & 0xf])
              .append(HEX[c & 0xf]);
    }
  }

  @Override
  public String toString() {
    return frame.toString();
  }
}
