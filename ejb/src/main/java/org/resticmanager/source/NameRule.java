package org.resticmanager.source;

import java.util.regex.Pattern;
import org.resticmanager.platform.Invalid;

/** What source groups and schedules may be called. */
final class NameRule {

  /** A source group's name is a tag of restic, where a comma separates tags. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,99}");

  private NameRule() {}

  /**
   * @throws Invalid if it may not be called so
   */
  static void check(String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new Invalid(
          "name",
          "must begin with a letter or digit and hold up to 100 letters, digits, blanks, dots,"
              + " dashes and underscores");
    }
  }
}
