package org.resticmanager.web.ui;

import jakarta.faces.model.SelectItem;
import java.util.Arrays;
import java.util.List;
import org.resticmanager.user.Role;

/** The roles as a form offers them. */
final class RoleChoices {

  private RoleChoices() {}

  static List<SelectItem> of(Wording wording) {
    return Arrays.stream(Role.values())
        .map(role -> new SelectItem(role.roleName(), wording.text(key(role))))
        .toList();
  }

  /** The key of the word for a role. */
  static String key(Role role) {
    return "role." + role.roleName();
  }
}
