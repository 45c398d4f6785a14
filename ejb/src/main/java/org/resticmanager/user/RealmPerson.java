package org.resticmanager.user;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Somebody whom the realm of the application server knows by name and password.
 *
 * @param name as it calls them
 * @param role the highest that it gives them here; empty if it gives them none
 */
public record RealmPerson(String name, Optional<Role> role) {

  public RealmPerson {
    requireNonNull(name);
    requireNonNull(role);
  }
}
