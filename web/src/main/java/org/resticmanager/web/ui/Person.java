package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.resticmanager.host.CallerSight;
import org.resticmanager.host.Sight;
import org.resticmanager.user.Caller;
import org.resticmanager.user.Role;

/** Who looks at the page, as the container knows them. Hides what they may not do; EJB enforces. */
@Named
@RequestScoped
public class Person {

  @Inject private CallerSight caller;

  private final Map<String, Boolean> roles = new HashMap<>();

  /** Whether somebody is signed in. */
  public boolean isKnown() {
    return external().getUserPrincipal() != null;
  }

  /** The name to show; empty if nobody is signed in. */
  public String getName() {
    Principal principal = external().getUserPrincipal();
    return principal == null ? "" : principal.getName();
  }

  /** Whether they may change what belongs to no single host, and add hosts. */
  public boolean isFleetOperator() {
    return has(Role.FLEET_OPERATOR);
  }

  /** Whether they may run jobs and change what a host does. */
  public boolean isOperator() {
    return has("operator");
  }

  /** Whether they may manage people and see what everybody did. */
  public boolean isAdmin() {
    return has("admin");
  }

  /** Whether they came in by a password, and so have an account page. */
  public boolean isSignedIn() {
    return has(Caller.SIGNED_IN);
  }

  /** Which hosts they see. */
  public Sight getSight() {
    return caller.sight();
  }

  /** The key of the word for their role. */
  public String getRoleKey() {
    if (has("admin")) {
      return "role.admin";
    }
    if (has("operator")) {
      return "role.operator";
    }
    return has("restore-operator") ? "role.restore-operator" : "role.viewer";
  }

  /**
   * Pages ask for each row of a list, and the container looks through all permissions each time.
   */
  private boolean has(String role) {
    return roles.computeIfAbsent(role, external()::isUserInRole);
  }

  private static ExternalContext external() {
    return FacesContext.getCurrentInstance().getExternalContext();
  }
}
