package org.resticmanager.platform;

import org.eclipse.microprofile.config.Config;

/** Reads settings that are whole numbers. */
public final class WholeNumber {

  private WholeNumber() {}

  /**
   * The value of a setting.
   *
   * @param unlessSet what holds if the setting is absent or empty
   * @throws IllegalStateException if it is no whole number of that range; the message says so to
   *     the administrator
   */
  public static long read(Config config, String name, long unlessSet, long lowest, long highest) {
    String text = config.getOptionalValue(name, String.class).orElse("").strip();
    if (text.isEmpty()) {
      return unlessSet;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= lowest && number <= highest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, as a number out of range is
    }
    throw new IllegalStateException(
        name
            + " must be a whole number from "
            + lowest
            + " to "
            + highest
            + ", not '"
            + text
            + "'");
  }
}
