package org.resticmanager.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.platform.VisibleText;
import org.resticmanager.user.RealmPerson;
import org.resticmanager.user.Role;

/**
 * The realm of the application server: its directory, or whatever it knows people by. Asked once,
 * when somebody signs in; what it has noted of them in the request is taken back at once, so that
 * it lets nobody in by itself.
 */
@ApplicationScoped
public class ServerRealm {

  private static final Logger LOG = Logger.getLogger(ServerRealm.class.getName());

  @Inject private WebSettings settings;

  /** What it is called on the page to sign in; empty if nobody is to come in by it. */
  public Optional<String> name() {
    return settings.serverRealm();
  }

  /** Whom it knows by this name and password; empty if nobody. */
  Optional<RealmPerson> ask(HttpServletRequest request, String name, String password) {
    if (name().isEmpty() || password == null || password.isEmpty()) {
      return Optional.empty(); // directories take an empty password for nobody's, and let that in
    }
    if (request.getUserPrincipal() != null) {
      forget(request); // who was here before; a server asks nobody twice
    }
    try {
      request.login(name, password);
    } catch (ServletException e) {
      LOG.log(Level.INFO, "the server's realm lets nobody in: {0}", VisibleText.reason(e));
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RealmPerson(
              request.getUserPrincipal().getName(),
              Arrays.stream(Role.values())
                  .filter(role -> request.isUserInRole(role.roleName()))
                  .findFirst())); // they are declared from the highest down
    } finally {
      forget(request);
    }
  }

  private static void forget(HttpServletRequest request) {
    try {
      request.logout();
    } catch (ServletException e) {
      throw new IllegalStateException("the server does not forget who signed in", e);
    }
  }
}
