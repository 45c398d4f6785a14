package org.resticmanager.web.health;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.resticmanager.connection.Connections;
import org.resticmanager.platform.DatabaseProbe;

/**
 * {@code GET /health/live}: the process answers. {@code GET /health/ready}: it can also reach the
 * database and is not about to stop; 503 if not. Public; says nothing else.
 */
@WebServlet("/health/*")
public class HealthServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient DatabaseProbe database;
  @Inject private transient Connections connections;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String check = request.getPathInfo() == null ? "" : request.getPathInfo();
    switch (check) {
      case "/live" -> answer(response, true);
      case "/ready" -> answer(response, !connections.leaving() && database.answers());
      default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private static void answer(HttpServletResponse response, boolean up) throws IOException {
    response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().write("{\"status\":\"" + (up ? "UP" : "DOWN") + "\"}");
  }
}
