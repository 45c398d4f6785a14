package org.resticmanager.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.resticmanager.audit.RequestOrigin;
import org.resticmanager.host.Sight;
import org.resticmanager.user.ApiTokens;
import org.resticmanager.user.BrowserSignIn;
import org.resticmanager.user.Caller;
import org.resticmanager.user.Credentials;
import org.resticmanager.user.FrontDoor;
import org.resticmanager.user.Origin;
import org.resticmanager.user.Presence;
import org.resticmanager.user.SignInId;
import org.resticmanager.user.SignIns;
import org.resticmanager.user.TokenId;

/** The sign-in that a request belongs to: that of its web session, or of its token. */
@ApplicationScoped
public class SignedIn {

  private static final String SIGN_IN = "restic-manager.sign-in";
  private static final String API_TOKEN = "restic-manager.api-token";

  private static final String SIGHT = "restic-manager.sight";

  /** Tells the token of a sign-in from an API token. */
  private static final String TOKEN_PREFIX = "rmi_";

  /** A web session dies with its node, and other nodes do not have it: this lets its browser in. */
  private static final String SIGN_IN_COOKIE = "RESTIC_MANAGER_SIGN_IN";

  private static final int UNTIL_THE_BROWSER_ENDS = -1;

  private static final String DEVICE_COOKIE = "RESTIC_MANAGER_DEVICE";
  private static final int DEVICE_COOKIE_SECONDS = 365 * 24 * 60 * 60;

  @Inject private FrontDoor door;
  @Inject private ServerRealm realm;
  @Inject private SignIns signIns;
  @Inject private ApiTokens tokens;
  @Inject private RequestOrigin origin;
  @Inject private Encryption encryption;

  /** What a request brings to come in with. */
  public Credentials credentials(
      HttpServletRequest request, String name, String password, String totp) {
    return new Credentials(name, password, totp, origin(request), device(request));
  }

  /** Where a request comes from. */
  public Origin origin(HttpServletRequest request) {
    return new Origin(
        origin.address().orElseGet(request::getRemoteAddr), request.getHeader("User-Agent"));
  }

  private static Optional<String> device(HttpServletRequest request) {
    return cookie(request, DEVICE_COOKIE);
  }

  private static Optional<String> cookie(HttpServletRequest request, String name) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(name))
            .map(Cookie::getValue)
            .findFirst();
  }

  /**
   * Signs the browser in, under a new session id: one planted before must not become signed in.
   *
   * @throws org.resticmanager.platform.NotLetIn if name or password is wrong
   * @throws org.resticmanager.user.SecondFactorNeeded if a one-time code is needed too
   * @throws org.resticmanager.user.TooManyTries after too many wrong ones
   */
  public void begin(
      HttpServletRequest request,
      HttpServletResponse response,
      String name,
      String password,
      String totp) {
    begin(request, response, door.signIn(credentials(request, name, password, totp)));
  }

  /**
   * As above, by the application server's realm.
   *
   * @throws org.resticmanager.platform.NotLetIn if it does not know them, or gives them no role
   * @throws org.resticmanager.user.TooManyTries after too many wrong ones
   */
  public void beginByRealm(
      HttpServletRequest request, HttpServletResponse response, String name, String password) {
    begin(
        request,
        response,
        door.signIn(
            credentials(request, name, password, ""), () -> realm.ask(request, name, password)));
  }

  /** As above, with a sign-in that has just begun. */
  public void begin(
      HttpServletRequest request, HttpServletResponse response, BrowserSignIn signIn) {
    open(request, signIn.id());
    response.addCookie(cookie(request, SIGN_IN_COOKIE, signIn.cookie(), UNTIL_THE_BROWSER_ENDS));
    signIn
        .device()
        .ifPresent(
            device ->
                response.addCookie(cookie(request, DEVICE_COOKIE, device, DEVICE_COOKIE_SECONDS)));
  }

  private static void open(HttpServletRequest request, SignInId signIn) {
    HttpSession session = request.getSession();
    request.changeSessionId();
    session.setAttribute(SIGN_IN, signIn);
  }

  private Cookie cookie(HttpServletRequest request, String name, String value, int maxAgeSeconds) {
    Cookie cookie = new Cookie(name, value);
    cookie.setPath(request.getContextPath() + "/");
    cookie.setMaxAge(maxAgeSeconds);
    cookie.setHttpOnly(true);
    cookie.setSecure(encryption.of(request));
    cookie.setAttribute("SameSite", "Lax");
    return cookie;
  }

  /** Ends the browser's sign-in; does nothing if there is none. */
  public void end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      ofSession(request).ifPresent(signIns::end);
      session.invalidate();
    }
  }

  /**
   * The person signed in, as their account stands now; empty if nobody is.
   *
   * @param token what the request shows; the web session counts only if it shows none
   */
  Optional<Caller> caller(HttpServletRequest request, Optional<String> token) {
    Optional<Presence> presence =
        token.isPresent()
            ? token.filter(text -> text.startsWith(TOKEN_PREFIX)).flatMap(signIns::find)
            : ofBrowser(request);
    presence.ifPresent(present -> request.setAttribute(SIGN_IN, present.signIn()));
    return presence.map(Presence::caller);
  }

  /** A web session ends with its sign-in: nobody else may find what it holds. */
  private Optional<Presence> ofBrowser(HttpServletRequest request) {
    Optional<SignInId> signIn = ofSession(request);
    if (signIn.isEmpty()) {
      return ofOtherNode(request);
    }
    Optional<Presence> presence = signIn.flatMap(signIns::find);
    if (presence.isEmpty()) {
      forget(request.getSession(false));
    }
    return presence;
  }

  /** The node with the web session is gone, or this is another one: from now on it has one here. */
  private Optional<Presence> ofOtherNode(HttpServletRequest request) {
    Optional<Presence> presence = cookie(request, SIGN_IN_COOKIE).flatMap(signIns::findByCookie);
    presence.ifPresent(present -> open(request, present.signIn()));
    return presence;
  }

  private static void forget(HttpSession session) {
    try {
      session.invalidate();
    } catch (IllegalStateException e) {
      // another request of the same browser was first
    }
  }

  /** The sign-in of a request that was let in by one; empty if it came by an API token. */
  public static Optional<SignInId> current(HttpServletRequest request) {
    return Optional.ofNullable((SignInId) request.getAttribute(SIGN_IN));
  }

  static void sees(HttpServletRequest request, Sight sight) {
    request.setAttribute(SIGHT, sight);
  }

  /** Which hosts the caller of a request sees; what strangers may do does not depend on it. */
  static Sight sight(HttpServletRequest request) {
    return request.getAttribute(SIGHT) instanceof Sight sight ? sight : Sight.EVERYTHING;
  }

  void cameByToken(HttpServletRequest request, TokenId token) {
    request.setAttribute(API_TOKEN, token);
  }

  /**
   * Whether that by which the request was let in still lets somebody in, to the same hosts. For
   * answers that go on for long; may be asked when the request is over, by any thread.
   */
  public BooleanSupplier lasting(HttpServletRequest request) {
    Optional<SignInId> signIn = current(request);
    Sight sight = sight(request);
    if (signIn.isPresent()) {
      return () -> signIns.lasts(signIn.get(), sight);
    }
    return request.getAttribute(API_TOKEN) instanceof TokenId token
        ? () -> tokens.lasts(token, sight)
        : () -> false;
  }

  private static Optional<SignInId> ofSession(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(SIGN_IN) instanceof SignInId id
        ? Optional.of(id)
        : Optional.empty();
  }
}
