package org.resticmanager.platform;

import java.util.Optional;

/** The input breaks a rule; names the field and the reason (HTTP 422). */
public class Invalid extends Refusal {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String reason;

  /**
   * @param field the field as the caller knows it
   * @param reason a sentence's end, as in "must not be empty"
   */
  public Invalid(String field, String reason) {
    super("invalid-input", field + " " + reason + ".");
    this.field = field;
    this.reason = reason;
  }

  /** The same of a field that lies within another one, as in {@code forget.cron}. */
  public Invalid inside(String outer) {
    return new Invalid(outer + "." + field, reason);
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  /**
   * Returns the text without surrounding blanks.
   *
   * @throws Invalid if it is missing, blank or longer than the limit
   */
  public static String requireText(String value, String field, int maxLength) {
    if (value == null || value.isBlank()) {
      throw new Invalid(field, "must not be empty");
    }
    String text = value.strip();
    if (text.length() > maxLength) {
      throw new Invalid(field, "must not be longer than " + maxLength + " characters");
    }
    if (text.indexOf('\0') >= 0) {
      throw new Invalid(field, "must not contain the character NUL");
    }
    return text;
  }
}
