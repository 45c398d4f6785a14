package org.resticmanager.web.metric;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.resticmanager.host.Hosts;
import org.resticmanager.metric.Meters;

/**
 * {@code GET /metrics}: this node in numbers, in Prometheus' text format, for whoever may read, and
 * is not limited to some of the hosts, such as an API token of scope {@code read}.
 */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Meters meters;
  @Inject private transient Hosts hosts;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (hosts.sight().limited()) { // the numbers are of all hosts
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    response.setContentType("text/plain; version=0.0.4; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().write(meters.scrape());
  }
}
