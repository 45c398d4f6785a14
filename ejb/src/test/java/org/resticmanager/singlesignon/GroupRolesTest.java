package org.resticmanager.singlesignon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.resticmanager.user.Role;

class GroupRolesTest {

  private final GroupRoles roles =
      GroupRoles.parse("cn=crew,dc=example=operator; admins = admin;readers=viewer;");

  @Test
  void highestRoleWins() {
    assertThat(roles.highest(List.of("readers", "cn=crew,dc=example"))).contains(Role.OPERATOR);
    assertThat(roles.highest(List.of("readers", "other", "admins"))).contains(Role.ADMIN);
  }

  @Test
  void whoIsInNoneOfThemHasNone() {
    assertThat(roles.highest(List.of())).isEmpty();
    assertThat(roles.highest(List.of("Admins", "admin", " admins", "readers2"))).isEmpty();
  }

  @Test
  void nonsenseIsRefused() {
    for (String nonsense : List.of("admins", "=admin", "admins=root", "admins=")) {
      assertThatThrownBy(() -> GroupRoles.parse(nonsense))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("restic-manager.oidc.roles");
    }
  }
}
