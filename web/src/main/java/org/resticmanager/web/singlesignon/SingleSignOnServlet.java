package org.resticmanager.web.singlesignon;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.singlesignon.Departure;
import org.resticmanager.singlesignon.PendingSignIn;
import org.resticmanager.singlesignon.SingleSignOn;
import org.resticmanager.web.security.OwnPath;
import org.resticmanager.web.security.SignedIn;

/**
 * {@code GET /single-sign-on/begin?from=PAGE}: sends a browser to the identity provider. {@code GET
 * /single-sign-on/return}: it is back from there. Open to everybody, and good for nobody but the
 * browser that was sent; who is not let in is led to the page that says why.
 */
@WebServlet("/single-sign-on/*")
public class SingleSignOnServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** In the web session: what is under way. */
  private static final String PENDING = "restic-manager.single-sign-on";

  @Inject private transient SingleSignOn singleSignOn;
  @Inject private transient SignedIn signedIn;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    String step =
        singleSignOn.offered() && request.getPathInfo() != null ? request.getPathInfo() : "";
    try {
      switch (step) {
        case "/begin" -> begin(request, response);
        case "/return" -> complete(request, response);
        default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
      }
    } catch (NotLetIn e) {
      response.sendRedirect(request.getContextPath() + "/sign-in.xhtml?refused=" + e.code());
    }
  }

  private void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String from = request.getParameter("from");
    Departure departure = singleSignOn.begin(from == null ? "" : from);
    request.getSession().setAttribute(PENDING, departure.pending());
    response.sendRedirect(departure.address().toString());
  }

  private void complete(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<PendingSignIn> pending = taken(request);
    signedIn.begin(
        request,
        response,
        singleSignOn.complete(pending, answer(request), signedIn.origin(request)));
    response.sendRedirect(
        request.getContextPath() + OwnPath.orStart(pending.map(PendingSignIn::from).orElse("")));
  }

  /** Whatever comes of it, it is not there for a second answer. */
  private static Optional<PendingSignIn> taken(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null || !(session.getAttribute(PENDING) instanceof PendingSignIn pending)) {
      return Optional.empty();
    }
    session.removeAttribute(PENDING);
    return Optional.of(pending);
  }

  private static URI answer(HttpServletRequest request) {
    try {
      String query = request.getQueryString();
      return new URI(request.getRequestURL() + (query == null ? "" : "?" + query));
    } catch (URISyntaxException e) {
      return URI.create("about:blank"); // no provider writes that
    }
  }
}
