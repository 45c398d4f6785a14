package org.resticmanager.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.connection.Arrivals;
import org.resticmanager.enrolment.AgentTokens;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.TryLater;
import org.resticmanager.user.ApiTokens;
import org.resticmanager.user.Caller;
import org.resticmanager.user.Program;

/**
 * The application's one authentication mechanism. A bearer token is an agent's under {@code /ws/}
 * and a person's elsewhere; without one, the web session decides. Where nobody is known, the
 * WebSocket answers 401 and pages lead to the sign-in; REST leaves it to its role gate.
 */
@ApplicationScoped
public class RequestIdentity implements HttpAuthenticationMechanism {

  private static final String AGENTS = "/ws/";
  private static final int TOO_MANY_REQUESTS = 429;

  /** Asked by programs, which do not sign in on a page. */
  private static final String METRICS = "/metrics";

  @Inject private AgentTokens agents;
  @Inject private Arrivals arrivals;
  @Inject private ApiTokens apiTokens;
  @Inject private SignedIn signedIn;
  @Inject private Encryption encryption;

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    String path = path(request);
    Optional<String> token = BearerToken.of(request);
    if (path.startsWith(AGENTS)) {
      return token
          .flatMap(agents::signIn)
          .map(host -> agent(host, response, context))
          .orElseGet(() -> unauthorized(response, context));
    }
    Optional<Caller> signedInCaller = signedIn.caller(request, token);
    if (signedInCaller.isPresent()) {
      Set<String> groups = new HashSet<>(signedInCaller.get().groups());
      groups.add(Caller.SIGNED_IN);
      SignedIn.sees(request, signedInCaller.get().sight());
      return context.notifyContainerAboutLogin(signedInCaller.get().name(), groups);
    }
    Optional<Program> program = token.flatMap(apiTokens::find);
    if (program.isPresent()) {
      signedIn.cameByToken(request, program.get().token());
      SignedIn.sees(request, program.get().sight());
      return context.notifyContainerAboutLogin(
          program.get().caller().name(), program.get().groups());
    }
    if (path.equals(METRICS)) {
      return unauthorized(response, context);
    }
    // a server's REST layer may ask for an authentication of its own even where all are let in
    return context.isProtected() && !context.isAuthenticationRequest()
        ? toSignIn(request, response, context)
        : context.doNothing();
  }

  private AuthenticationStatus agent(
      HostId host, HttpServletResponse response, HttpMessageContext context) {
    Optional<Duration> wait = arrivals.turnAway(host);
    if (wait.isPresent()) {
      response.setHeader("Retry-After", Long.toString(TryLater.seconds(wait.get())));
      response.setStatus(TOO_MANY_REQUESTS);
      return AuthenticationStatus.SEND_FAILURE;
    }
    return context.notifyContainerAboutLogin(host.toString(), Set.of("agent"));
  }

  private static AuthenticationStatus unauthorized(
      HttpServletResponse response, HttpMessageContext context) {
    response.setHeader("WWW-Authenticate", "Bearer");
    return context.responseUnauthorized();
  }

  private AuthenticationStatus toSignIn(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    String wanted = path(request);
    if (request.getQueryString() != null) {
      wanted += "?" + request.getQueryString();
    }
    String signIn =
        request.getContextPath()
            + "/sign-in.xhtml?from="
            + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
      return redirectPartial(response, signIn);
    }
    // a container adds the scheme that it sees, and Open Liberty fails with a redirect not its own
    return context.redirect(
        encryption.endsBefore(request) ? "https://" + request.getHeader("Host") + signIn : signIn);
  }

  /** Faces' scripts follow a redirect only if it comes in their own form. */
  private static AuthenticationStatus redirectPartial(
      HttpServletResponse response, String location) {
    response.setContentType("text/xml");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    try {
      response
          .getWriter()
          .write(
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                  + location.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;")
                  + "\"/></partial-response>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return AuthenticationStatus.SEND_CONTINUE;
  }

  private static String path(HttpServletRequest request) {
    return request.getRequestURI().substring(request.getContextPath().length());
  }
}
