package org.resticmanager.web.singlesignon;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.singlesignon.Departure;
import org.resticmanager.singlesignon.SingleSignOn;

/** {@code GET /single-sign-on/begin?from=PAGE}: sends a browser to the identity provider. */
@WebServlet("/single-sign-on/begin")
public class BeginServlet extends HttpServlet {

  /** In the web session: what is under way. */
  static final String PENDING = "restic-manager.single-sign-on";

  private static final long serialVersionUID = 1L;

  @Inject private transient SingleSignOn singleSignOn;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (!singleSignOn.offered()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    try {
      String from = request.getParameter("from");
      Departure departure = singleSignOn.begin(from == null ? "" : from);
      request.getSession().setAttribute(PENDING, departure.pending());
      response.sendRedirect(departure.address().toString());
    } catch (NotLetIn e) {
      response.sendRedirect(request.getContextPath() + "/sign-in.xhtml?refused=" + e.code());
    }
  }
}
