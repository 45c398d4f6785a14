package org.resticmanager.user;

import java.util.Optional;

/**
 * A person's account, for the rules of this component.
 *
 * @param passwordHash empty until the person has chosen a password
 * @param disabled nobody comes in by it
 */
record Account(UserId id, String name, Role role, Optional<String> passwordHash, boolean disabled) {

  Caller caller() {
    return new Caller(id, name, role);
  }

  /** Whether the person could come in. */
  boolean usable() {
    return passwordHash.isPresent() && !disabled;
  }
}
