package org.resticmanager.conformance.check;

/** Text that came from a peer, made fit for a terminal and for XML. */
final class Printable {

  private Printable() {}

  /** In one line, with control characters and lone surrogates shown as what they are. */
  static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (Character.isISOControl(point)
                  || Character.getType(point) == Character.SURROGATE
                  || Character.getType(point) == Character.FORMAT
                  || (point & 0xFFFE) == 0xFFFE) {
                printable.append(String.format("\\u%04x", point));
              } else {
                printable.appendCodePoint(point);
              }
            });
    return printable.toString();
  }
}
