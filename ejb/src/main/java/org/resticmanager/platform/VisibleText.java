package org.resticmanager.platform;

/**
 * Makes every character of a foreign text visible: file names, host names and restic's output may
 * hold terminal sequences, or marks that turn the reading direction and so show another name than
 * the real one. Markup is not touched here: whoever writes the text into a page escapes it.
 */
public final class VisibleText {

  private static final char CONTROL_PICTURES = '\u2400';
  private static final String PICTURE_OF_DELETE = "\u2421";
  private static final char REPLACEMENT = '\uFFFD';

  /** As characters of a foreign text in a line of the log. */
  private static final int LONGEST_IN_LOG = 300;

  private VisibleText() {}

  /** A foreign text for the log: short, and on one line, so that it is not taken for another. */
  public static String logged(String text) {
    return text == null ? "" : beginningOf(text, LONGEST_IN_LOG);
  }

  /** Why something was refused, for the log, where the reason repeats a foreign text. */
  public static String reason(Exception refusal) {
    return logged(refusal.getMessage());
  }

  /** The text on one line: also line ends and tabs become pictures. */
  public static String of(String text) {
    if (text == null) {
      return "";
    }
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(visible, point));
    return visible.toString();
  }

  /**
   * The beginning of the text on one line.
   *
   * @param maxLength how much of it, in UTF-16 units
   */
  public static String beginningOf(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return of(text);
    }
    int cut = Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
    return of(text.substring(0, cut)) + " … (+" + (text.length() - cut) + ")";
  }

  private static void append(StringBuilder visible, int point) {
    if (point < ' ') {
      visible.append((char) (CONTROL_PICTURES + point));
    } else if (point == 0x7F) {
      visible.append(PICTURE_OF_DELETE);
    } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
      visible.append(REPLACEMENT);
    } else if (misleads(point)) {
      visible.append(String.format("⟨U+%04X⟩", point));
    } else {
      visible.appendCodePoint(point);
    }
  }

  /** Invisible, or turning the direction of what follows; joiners belong to real names. */
  private static boolean misleads(int point) {
    return between(0x80, point, 0x9F)
        || point == 0x061C
        || point == 0x200B
        || between(0x200E, point, 0x200F)
        || between(0x2028, point, 0x202E)
        || between(0x2060, point, 0x206F)
        || point == 0xFEFF
        || between(0xFFF9, point, 0xFFFB);
  }

  private static boolean between(int first, int point, int last) {
    return first <= point && point <= last;
  }
}
