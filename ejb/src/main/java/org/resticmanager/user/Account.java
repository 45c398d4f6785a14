package org.resticmanager.user;

import java.util.Optional;
import org.resticmanager.host.Tags;

/**
 * A person's account, for the rules of this component.
 *
 * @param hostTags they see the hosts with one of them; none: every host
 * @param passwordHash empty until the person has chosen a password
 * @param disabled nobody comes in by it
 */
record Account(
    UserId id,
    String name,
    Role role,
    Tags hostTags,
    Optional<String> passwordHash,
    boolean disabled) {

  Caller caller() {
    return new Caller(id, name, role, hostTags);
  }

  /** Whether the person could come in. */
  boolean usable() {
    return passwordHash.isPresent() && !disabled;
  }
}
