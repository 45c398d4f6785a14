package org.resticmanager.repository;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.resticmanager.platform.Invalid;
import org.resticmanager.protocol.wire.BackendVariable;

/**
 * A change of the credentials of one slot. What is null stays as it is, an empty text is taken
 * away.
 *
 * @param url a location of its own; for the admin slot only
 * @param password the repository's password; secret
 * @param username the user of a REST server, or the id of an S3, B2 or Azure key
 * @param credential the password or key that belongs to it; secret
 * @param environment further variables for the backend by name; secret; a name that is not in it
 *     stays as it is
 */
public record CredentialEdit(
    String url,
    String password,
    String username,
    String credential,
    Map<String, String> environment) {

  private static final int MAX_LENGTH = 2000;

  /**
   * @throws Invalid if a part is too long or not allowed
   */
  public CredentialEdit {
    url = url == null || url.isEmpty() ? url : RepositoryEdit.requireUrl(url);
    check("password", password);
    check("username", username);
    check("credential", credential);
    environment = environment == null ? Map.of() : new TreeMap<>(environment);
    environment.forEach(CredentialEdit::checkVariable);
  }

  private static void checkVariable(String name, String value) {
    if (!BackendVariable.NAMES.contains(name)) {
      throw new Invalid(
          "environment",
          "may hold what restic knows as credentials of a backend only, as in AWS_SESSION_TOKEN");
    }
    check("environment", value);
  }

  private static void check(String field, String value) {
    if (value == null) {
      return;
    }
    if (value.length() > MAX_LENGTH) {
      throw new Invalid(field, "must not be longer than " + MAX_LENGTH + " characters");
    }
    if (value.indexOf('\0') >= 0) {
      throw new Invalid(field, "must not contain the character NUL");
    }
  }

  /** The names of what it changes. */
  List<String> given() {
    Stream<String> parts =
        Stream.of(
                url == null ? "" : "url",
                password == null ? "" : "password",
                username == null ? "" : "username",
                credential == null ? "" : "credential")
            .filter(name -> !name.isEmpty());
    return Stream.concat(parts, environment.keySet().stream()).toList();
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "CredentialEdit[]";
  }
}
