package org.resticmanager.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.resticmanager.user.Caller;
import org.resticmanager.user.UserId;
import org.resticmanager.user.Users;

/** The sign-in of a browser: which person its web session belongs to. */
@RequestScoped
public class SignedIn {

  private static final String USER_ID = "restic-manager.user-id";

  @Inject private Users users;

  /** Begins a sign-in, under a new session id: one planted before must not become signed in. */
  public void begin(HttpServletRequest request, Caller caller) {
    HttpSession session = request.getSession();
    request.changeSessionId();
    session.setAttribute(USER_ID, caller.id());
  }

  /** Ends the sign-in; does nothing if there is none. */
  public void end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  /** The person signed in, as their account stands now; empty if nobody is. */
  public Optional<Caller> caller(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(USER_ID) instanceof UserId id
        ? users.find(id)
        : Optional.empty();
  }
}
