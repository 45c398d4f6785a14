package org.resticmanager.repository;

import java.util.regex.Pattern;
import org.resticmanager.platform.Invalid;

/**
 * What people call a repository and where it is.
 *
 * @param name unique, for people
 * @param url restic's repository location, without a password in it
 */
public record RepositoryEdit(String name, String url) {

  private static final int MAX_NAME = 100;
  private static final int MAX_URL = 2000;
  private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/@]*:[^/@]*@");

  /**
   * @throws Invalid if a part is missing or too long, or the location carries a password
   */
  public RepositoryEdit {
    name = Invalid.requireText(name, "name", MAX_NAME);
    url = requireUrl(url);
  }

  /**
   * A location that may be shown.
   *
   * @throws Invalid if it is missing or too long, or carries a password
   */
  static String requireUrl(String url) {
    String location = Invalid.requireText(url, "url", MAX_URL);
    if (PASSWORD_IN_URL.matcher(location).find()) {
      throw new Invalid(
          "url", "must not carry a password: it would be shown; use username and credential");
    }
    return location;
  }
}
