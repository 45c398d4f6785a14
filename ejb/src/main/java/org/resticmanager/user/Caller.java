package org.resticmanager.user;

import org.resticmanager.audit.Target;

/**
 * A person who has proved who they are.
 *
 * @param id the person
 * @param name for the audit trail and the page's corner
 * @param role what they may do
 */
public record Caller(UserId id, String name, Role role) {

  /**
   * The group of those who came in by their password, and not by an API token: only they may do
   * what concerns their own account.
   */
  public static final String SIGNED_IN = "signed-in";

  /** As what something is done to them. */
  Target target() {
    return Target.of("person", id, name);
  }
}
