package org.resticmanager.user;

import java.util.Set;

/** What a person may do. A role holds every right of those that it includes. */
public enum Role {
  ADMIN("admin", Set.of("admin", "operator", "restore-operator", "viewer")),
  OPERATOR("operator", Set.of("operator", "viewer")),
  RESTORE_OPERATOR("restore-operator", Set.of("restore-operator", "viewer")),
  VIEWER("viewer", Set.of("viewer"));

  private final String roleName;
  private final Set<String> included;

  Role(String roleName, Set<String> included) {
    this.roleName = roleName;
    this.included = included;
  }

  /** The name in {@code @RolesAllowed}, in REST and in the database. */
  public String roleName() {
    return roleName;
  }

  /** The names of this role and of all that it includes: the caller's groups. */
  public Set<String> included() {
    return included;
  }

  /**
   * The role of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Role named(String name) {
    for (Role role : values()) {
      if (role.roleName.equals(name)) {
        return role;
      }
    }
    throw new IllegalArgumentException("unknown role '" + name + "'");
  }
}
