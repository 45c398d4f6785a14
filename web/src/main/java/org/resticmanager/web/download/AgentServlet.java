package org.resticmanager.web.download;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code GET /agent/restic-manager-agent.jar}: the agent. With {@code .sha256} behind it: its
 * digest, as {@code sha256sum} writes it. Public.
 */
@WebServlet("/agent/*")
public class AgentServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String JAR = "/" + AgentFile.NAME;
  private static final String DIGEST = JAR + ".sha256";

  @Inject private transient AgentFile agent;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String wanted = request.getPathInfo() == null ? "" : request.getPathInfo();
    switch (wanted) {
      case JAR -> {
        response.setContentType("application/java-archive");
        response.setHeader("ETag", "\"" + agent.sha256() + "\"");
        agent.writeTo(response.getOutputStream());
      }
      case DIGEST -> {
        response.setContentType("text/plain");
        response.getWriter().write(agent.sha256() + "  " + AgentFile.NAME + "\n");
      }
      default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }
}
