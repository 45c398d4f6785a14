package org.resticmanager.platform;

/**
 * The beginnings of texts that others have written: as much as anybody reads, so that what is kept
 * and listed stays small however much they write.
 */
public final class Beginning {

  private static final String ELLIPSIS = "…";

  private Beginning() {}

  /**
   * The text if it is short enough, else its beginning with an ellipsis behind it.
   *
   * @param most how long it may be, in UTF-16 units, the ellipsis included
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int cut = most - ELLIPSIS.length();
    int end = Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut;
    return text.substring(0, end) + ELLIPSIS;
  }
}
