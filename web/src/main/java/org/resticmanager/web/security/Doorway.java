package org.resticmanager.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.resticmanager.audit.RequestOrigin;
import org.resticmanager.host.CallerSight;

/**
 * Every request comes through here first: notes from which address it came and which hosts its
 * caller sees, turns away what another site makes a browser send, and tells browsers what they may
 * do with the answer.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class Doorway implements Filter {

  private static final String API = "/api/";
  private static final String NOTHING_ACTIVE = "default-src 'none'; frame-ancestors 'none'";

  /** Two years, as browsers ask of who wants to be known as always encrypted. */
  private static final String ALWAYS_ENCRYPTED = "max-age=63072000";

  @Inject private WebSettings settings;
  @Inject private Encryption encryption;
  @Inject private RequestOrigin origin;
  @Inject private CallerSight sight;

  @Override
  public void doFilter(ServletRequest plain, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) plain;
    HttpServletResponse response = (HttpServletResponse) answer;
    List<String> forwardedFor = Collections.list(request.getHeaders("X-Forwarded-For"));
    origin.from(settings.trustedProxies().client(request.getRemoteAddr(), forwardedFor));
    sight.from(() -> SignedIn.sight(request));
    boolean api = request.getRequestURI().startsWith(request.getContextPath() + API);
    instruct(request, response, api);
    if (SameOrigin.isForged(request)) {
      refuse(response, api);
      return;
    }
    Optional<String> wrong = Malformed.reason(request);
    if (wrong.isPresent()) {
      tell(response, api, wrong.get());
      return;
    }
    chain.doFilter(request, new RelativeRedirects(response));
  }

  private void instruct(HttpServletRequest request, HttpServletResponse response, boolean api) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (api) {
      response.setHeader("Content-Security-Policy", NOTHING_ACTIVE);
    }
    if (encryption.of(request)) {
      response.setHeader("Strict-Transport-Security", ALWAYS_ENCRYPTED);
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    }
  }

  private static void refuse(HttpServletResponse response, boolean api) throws IOException {
    if (api) {
      problem(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "other-site",
          "This request comes from a page of another site.");
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }

  /** Not by the error page: it is a page like others, and would fail as the request does. */
  private static void tell(HttpServletResponse response, boolean api, String wrong)
      throws IOException {
    if (api) {
      problem(response, HttpServletResponse.SC_BAD_REQUEST, "malformed", wrong);
      return;
    }
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    response.setContentType("text/plain");
    response.setCharacterEncoding("UTF-8");
    response.getWriter().write(wrong);
  }

  /** RFC 9457; the texts are our own and need no escaping. */
  private static void problem(HttpServletResponse response, int status, String code, String detail)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response.setCharacterEncoding("UTF-8");
    response
        .getWriter()
        .write(
            "{\"title\":\"%s\",\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\"}"
                .formatted(
                    status == HttpServletResponse.SC_FORBIDDEN ? "Forbidden" : "Bad Request",
                    status,
                    code,
                    detail));
  }
}
