package org.resticmanager.repository;

import java.util.regex.Pattern;
import org.resticmanager.platform.Invalid;

/**
 * A repository that somebody wants to have managed.
 *
 * @param name unique, for people
 * @param url restic's repository location, without credentials in it
 * @param password the repository's password; secret
 * @param username the user for a REST server; null if none
 * @param credential the password for a REST server; secret; null if none
 */
public record NewRepository(
    String name, String url, String password, String username, String credential) {

  private static final int MAX_NAME = 100;
  private static final int MAX_LENGTH = 2000;
  private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/@]*:[^/@]*@");

  /**
   * @throws Invalid if a required part is missing or too long, or the location carries a password
   */
  public NewRepository {
    name = Invalid.requireText(name, "name", MAX_NAME);
    url = Invalid.requireText(url, "url", MAX_LENGTH);
    if (PASSWORD_IN_URL.matcher(url).find()) {
      throw new Invalid(
          "url", "must not carry a password: it would be shown; use username and credential");
    }
    if (password == null || password.isEmpty() || password.length() > MAX_LENGTH) {
      throw new Invalid("password", "must have between 1 and " + MAX_LENGTH + " characters");
    }
    username = emptyToNull(username);
    credential = emptyToNull(credential);
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "NewRepository[name=" + name + "]";
  }
}
