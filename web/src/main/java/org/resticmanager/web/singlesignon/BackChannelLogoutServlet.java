package org.resticmanager.web.singlesignon;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.singlesignon.SingleSignOn;
import org.resticmanager.web.security.SameOrigin;

/**
 * Where the identity provider itself says that somebody has signed out there. Open to everybody,
 * and good for nobody but who can sign with the provider's key: 200 if it was good, 400 if not, 413
 * if it is too large for one, 404 where there is no provider.
 */
@WebServlet(SameOrigin.BACK_CHANNEL)
public class BackChannelLogoutServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final int LARGEST_BYTES = 64 * 1024;

  @Inject private transient SingleSignOn singleSignOn;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setStatus(status(request));
  }

  private int status(HttpServletRequest request) throws IOException {
    if (!singleSignOn.offered()) {
      return HttpServletResponse.SC_NOT_FOUND;
    }
    byte[] form = request.getInputStream().readNBytes(LARGEST_BYTES + 1);
    if (form.length > LARGEST_BYTES) {
      return HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
    }
    try {
      singleSignOn.endedAtProvider(new String(form, StandardCharsets.UTF_8));
      return HttpServletResponse.SC_OK;
    } catch (NotLetIn e) {
      return HttpServletResponse.SC_BAD_REQUEST;
    }
  }
}
