package org.resticmanager.web.ui;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.resticmanager.platform.Invalid;

/** Numbers and sizes as people type them. */
final class Amount {

  private static final Pattern SIZE =
      Pattern.compile(
          "(\\d{1,15}(?:[.,]\\d{1,6})?)\\s*(B|KiB|MiB|GiB|TiB)?", Pattern.CASE_INSENSITIVE);
  private static final List<String> UNITS = List.of("b", "kib", "mib", "gib", "tib");
  private static final int STEP = 1024;

  private Amount() {}

  /**
   * A whole number; 0 if nothing was typed.
   *
   * @throws Invalid if it is none
   */
  static int wholeOrNothing(String text, String field) {
    return text == null || text.isBlank() ? 0 : whole(text, field);
  }

  /**
   * A whole number.
   *
   * @throws Invalid if it is none
   */
  static int whole(String text, String field) {
    try {
      return Integer.parseInt(text == null ? "" : text.strip());
    } catch (NumberFormatException e) {
      throw new Invalid(field, "must be a whole number");
    }
  }

  /** A number for a field that shows nothing for 0. */
  static String orNothing(int number) {
    return number == 0 ? "" : Integer.toString(number);
  }

  /**
   * A size in bytes, as from {@code 1.5 GiB}; 0 if nothing was typed.
   *
   * @throws Invalid if it is none
   */
  static long bytes(String text, String field) {
    if (text == null || text.isBlank()) {
      return 0;
    }
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      throw new Invalid(field, "must be a size, as in '500 MiB'");
    }
    int power = size.group(2) == null ? 0 : UNITS.indexOf(size.group(2).toLowerCase(Locale.ROOT));
    BigDecimal bytes =
        new BigDecimal(size.group(1).replace(',', '.'))
            .multiply(BigDecimal.valueOf(STEP).pow(power));
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new Invalid(field, "is too large");
    }
    return bytes.longValue();
  }

  /** The same size in the largest unit that says it exactly. */
  static String size(long bytes) {
    if (bytes == 0) {
      return "";
    }
    long amount = bytes;
    int unit = 0;
    List<String> names = List.of("B", "KiB", "MiB", "GiB", "TiB");
    while (amount % STEP == 0 && unit < names.size() - 1) {
      amount /= STEP;
      unit++;
    }
    return amount + " " + names.get(unit);
  }
}
