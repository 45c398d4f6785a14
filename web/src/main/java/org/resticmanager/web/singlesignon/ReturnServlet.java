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
import org.resticmanager.singlesignon.PendingSignIn;
import org.resticmanager.singlesignon.SingleSignOn;
import org.resticmanager.web.security.OwnPath;
import org.resticmanager.web.security.SignedIn;

/**
 * {@code GET /single-sign-on/return}: a browser is back from the identity provider. Open to
 * everybody, and good for nobody but the browser that was sent there.
 */
@WebServlet("/single-sign-on/return")
public class ReturnServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient SingleSignOn singleSignOn;
  @Inject private transient SignedIn signedIn;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (!singleSignOn.offered()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    Optional<PendingSignIn> pending = taken(request);
    try {
      signedIn.begin(
          request,
          response,
          singleSignOn.complete(pending, answer(request), signedIn.origin(request)));
      response.sendRedirect(
          request.getContextPath() + OwnPath.orStart(pending.map(PendingSignIn::from).orElse("")));
    } catch (NotLetIn e) {
      response.sendRedirect(request.getContextPath() + "/sign-in.xhtml?refused=" + e.code());
    }
  }

  /** Whatever comes of it, it is not there for a second answer. */
  private static Optional<PendingSignIn> taken(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null
        || !(session.getAttribute(BeginServlet.PENDING) instanceof PendingSignIn pending)) {
      return Optional.empty();
    }
    session.removeAttribute(BeginServlet.PENDING);
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
