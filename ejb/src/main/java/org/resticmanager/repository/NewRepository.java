package org.resticmanager.repository;

import org.resticmanager.platform.Invalid;

/**
 * A repository that somebody wants to have managed.
 *
 * @param name unique, for people
 * @param url restic's repository location, without credentials in it
 * @param password the repository's password; secret
 * @param username the user of a REST server, or the id of an S3, B2 or Azure key; null if none
 * @param credential the password or key that belongs to it; secret; null if none
 */
public record NewRepository(
    String name, String url, String password, String username, String credential) {

  private static final int MAX_LENGTH = 2000;

  /**
   * @throws Invalid if a required part is missing or too long, or the location carries a password
   */
  public NewRepository {
    RepositoryEdit checked = new RepositoryEdit(name, url);
    name = checked.name();
    url = checked.url();
    if (password == null || password.isEmpty() || password.length() > MAX_LENGTH) {
      throw new Invalid("password", "must have between 1 and " + MAX_LENGTH + " characters");
    }
    username = emptyToNull(username);
    credential = emptyToNull(credential);
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** What it says of the everyday slot. */
  CredentialEdit credentials() {
    return new CredentialEdit(null, password, username, credential, null);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "NewRepository[name=" + name + "]";
  }
}
