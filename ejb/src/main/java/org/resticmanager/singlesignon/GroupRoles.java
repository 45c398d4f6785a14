package org.resticmanager.singlesignon;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.user.Role;

/**
 * Which role the members of a provider's groups have.
 *
 * @param byGroup by the group's name, exactly as the provider writes it
 */
record GroupRoles(Map<String, Role> byGroup) {

  GroupRoles {
    byGroup = Map.copyOf(byGroup);
  }

  /**
   * As the setting has them: {@code GROUP=ROLE; GROUP=ROLE}. A group's name may hold {@code =} and
   * commas, as those of directories do.
   *
   * @throws IllegalStateException if it cannot be read; the message says so to the administrator
   */
  static GroupRoles parse(String text) {
    Map<String, Role> byGroup = new LinkedHashMap<>();
    for (String part : text.split(";", -1)) {
      int equals = part.lastIndexOf('=');
      String group = equals < 0 ? "" : part.substring(0, equals).strip();
      if (part.isBlank()) {
        continue;
      }
      if (group.isEmpty()) {
        throw new IllegalStateException(
            "restic-manager.oidc.roles must be GROUP=ROLE; GROUP=ROLE …, not '" + text + "'");
      }
      Role role = role(part.substring(equals + 1).strip());
      if (byGroup.put(group, role) != null) {
        throw new IllegalStateException(
            "restic-manager.oidc.roles names the group '" + group + "' twice");
      }
    }
    if (byGroup.isEmpty()) {
      throw new IllegalStateException("restic-manager.oidc.roles names no group");
    }
    return new GroupRoles(byGroup);
  }

  private static Role role(String name) {
    try {
      return Role.named(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("restic-manager.oidc.roles: " + e.getMessage());
    }
  }

  /** The highest role of these groups; empty if none of them has one. */
  Optional<Role> highest(Collection<String> groups) {
    return groups.stream()
        .filter(byGroup::containsKey)
        .map(byGroup::get)
        .min(Enum::compareTo); // they are declared from the highest down
  }
}
