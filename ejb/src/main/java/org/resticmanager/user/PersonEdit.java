package org.resticmanager.user;

import java.util.Optional;

/**
 * What to change of a person; what is empty stays as it is.
 *
 * @param role what they may do from now on
 * @param enabled whether they may come in
 */
public record PersonEdit(Optional<Role> role, Optional<Boolean> enabled) {

  /** Another role. */
  public static PersonEdit role(Role role) {
    return new PersonEdit(Optional.of(role), Optional.empty());
  }

  /** Lets the person come in, or not. */
  public static PersonEdit enabled(boolean enabled) {
    return new PersonEdit(Optional.empty(), Optional.of(enabled));
  }
}
