package org.resticmanager.web.download;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.resticmanager.platform.ControlPlaneSettings;

/**
 * {@code GET /install.sh}: a shell script that installs the agent on a Linux machine. Public, and
 * without any secret; it knows only where this control plane is.
 */
@WebServlet("/install.sh")
public class InstallScriptServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String PLACE_OF_URL = "@SERVER@";

  @Inject private transient ControlPlaneSettings settings;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/x-shellscript");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    try (InputStream script = getClass().getResourceAsStream("install.sh")) {
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      response.getWriter().write(text.replace(PLACE_OF_URL, quoted(settings.url())));
    }
  }

  /** Between single quotes nothing has a meaning to the shell but the quote itself. */
  private static String quoted(String url) {
    return "'" + url.replace("'", "'\\''") + "'";
  }
}
