package org.resticmanager.user;

import java.util.Optional;
import org.resticmanager.host.Tags;

/**
 * What to change of a person; what is empty stays as it is.
 *
 * @param role what they may do from now on
 * @param hostTags they see the hosts with one of them; none: every host
 * @param enabled whether they may come in
 */
public record PersonEdit(Optional<Role> role, Optional<Tags> hostTags, Optional<Boolean> enabled) {

  /** Another role, for other hosts. */
  public static PersonEdit rights(Role role, Tags hostTags) {
    return new PersonEdit(Optional.of(role), Optional.of(hostTags), Optional.empty());
  }

  /** Lets the person come in, or not. */
  public static PersonEdit enabled(boolean enabled) {
    return new PersonEdit(Optional.empty(), Optional.empty(), Optional.of(enabled));
  }
}
