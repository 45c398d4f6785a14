package org.resticmanager.web.security;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * An answer that leads to our own pages by their path alone. Containers add scheme, name and port
 * as they see them, which behind a proxy are not those of the browser (RFC 9110, 10.2.2 leaves them
 * to it).
 */
final class RelativeRedirects extends HttpServletResponseWrapper {

  RelativeRedirects(HttpServletResponse response) {
    super(response);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    if (location.startsWith("/") && !location.startsWith("//")) {
      resetBuffer();
      setStatus(SC_FOUND);
      setHeader("Location", location);
    } else {
      super.sendRedirect(location);
    }
  }
}
