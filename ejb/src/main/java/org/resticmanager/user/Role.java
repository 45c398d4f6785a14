package org.resticmanager.user;

import java.util.Set;
import java.util.stream.Collectors;
import org.resticmanager.host.Sight;

/** What a person may do. A role holds every right of those that it includes. */
public enum Role {
  ADMIN("admin", Set.of("admin", "fleet-operator", "operator", "restore-operator", "viewer")),
  OPERATOR("operator", Set.of("fleet-operator", "operator", "viewer")),
  RESTORE_OPERATOR("restore-operator", Set.of("restore-operator", "viewer")),
  VIEWER("viewer", Set.of("viewer"));

  /**
   * The group of operators who see every host: only they may change what does not belong to a
   * single host, such as a repository.
   */
  public static final String FLEET_OPERATOR = "fleet-operator";

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

  /** The names of this role and of all that it includes. */
  public Set<String> included() {
    return included;
  }

  /** The groups of a caller with this role. */
  Set<String> groups(Sight sight) {
    return within(included, sight);
  }

  /** Those of these groups that are not for who sees every host only. */
  static Set<String> within(Set<String> groups, Sight sight) {
    return groups.stream()
        .filter(group -> !sight.limited() || !group.equals(FLEET_OPERATOR))
        .collect(Collectors.toUnmodifiableSet());
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
