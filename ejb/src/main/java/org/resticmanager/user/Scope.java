package org.resticmanager.user;

import java.util.HashSet;
import java.util.Set;

/** What an API token may do at most. Its person's role limits it further, at each use anew. */
public enum Scope {
  READ("read", Role.VIEWER),
  OPERATE("operate", Role.OPERATOR),
  RESTORE("restore", Role.RESTORE_OPERATOR),
  ADMIN("admin", Role.ADMIN);

  private final String scopeName;
  private final Role role;

  Scope(String scopeName, Role role) {
    this.scopeName = scopeName;
    this.role = role;
  }

  /** The name in REST and in the database. */
  public String scopeName() {
    return scopeName;
  }

  /** The role whose rights it holds. */
  public Role role() {
    return role;
  }

  /**
   * The scope of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Scope named(String name) {
    for (Scope scope : values()) {
      if (scope.scopeName.equals(name)) {
        return scope;
      }
    }
    throw new IllegalArgumentException("unknown scope '" + name + "'");
  }

  /** The widest scope that a person of this role can give. */
  public static Scope of(Role role) {
    for (Scope scope : values()) {
      if (scope.role == role) {
        return scope;
      }
    }
    throw new IllegalArgumentException("no scope for " + role);
  }

  /** Whether a person of this role can give it: nobody gives what they do not have. */
  public boolean within(Role limit) {
    return limit.included().contains(role.roleName());
  }

  /** The groups of a token with this scope, of a person with this role. */
  public Set<String> groups(Role limit) {
    Set<String> groups = new HashSet<>(role.included());
    groups.retainAll(limit.included());
    return Set.copyOf(groups);
  }
}
