package org.resticmanager.user;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.secret.Token;

/** The people: the first administrator, sign-in, and API tokens. */
@Stateless
@PermitAll
public class Users {

  /** How long the token of an API sign-in is good: a working day and the evening. */
  public static final Duration SIGN_IN_LIFETIME = Duration.ofHours(12);

  private static final int MAX_NAME = 100;
  private static final int MAX_TOKEN_DAYS = 366;

  @Inject private UserStore store;
  @Inject private Passwords passwords;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Resource private SessionContext context;

  /** Whether the first administrator is still to be made. */
  public boolean setUpNeeded() {
    return !store.hasAdmin();
  }

  /** Makes a new set-up token; an older one stops working. For the control plane itself. */
  public Token newSetUpToken() {
    Token token = Token.create("rms");
    store.replaceSetUpToken(token, clock.instant());
    return token;
  }

  /**
   * Makes the first administrator, once.
   *
   * @throws NotLetIn if the token is not the newest, or set-up has been done
   * @throws Invalid if name or password will not do; the token stays good
   */
  public Caller setUp(String token, String name, String password) {
    String userName = Invalid.requireText(name, "name", MAX_NAME);
    String hash = passwords.hash(password);
    if (token == null || !store.useSetUpToken(Token.presented(token.strip())) || store.hasAdmin()) {
      throw new NotLetIn(
          "set-up-link-refused",
          "This set-up link is not valid any more. If no administrator exists yet, restart the"
              + " control plane: it prints a new one.");
    }
    User admin = new User(userName, hash, Role.ADMIN, clock.instant());
    store.insert(admin);
    audit.doneBy(userName, "person.set-up", target(admin.caller()), Facts.with("role", "admin"));
    return admin.caller();
  }

  /**
   * Checks a password.
   *
   * @throws NotLetIn if name or password is wrong; it does not say which
   */
  public Caller signIn(String name, String password) {
    Optional<User> user = name == null ? Optional.empty() : store.named(name.strip());
    if (!passwords.matches(password, user)) {
      String claimed = name == null ? "" : name.strip();
      audit.refused(claimed, "sign-in.refused", new Target("person", "", claimed));
      throw new NotLetIn("sign-in-refused", "Name or password is wrong.");
    }
    Caller caller = user.orElseThrow().caller();
    audit.doneBy(caller.name(), "sign-in.done", target(caller), Facts.none());
    return caller;
  }

  private static Target target(Caller person) {
    return Target.of("person", person.id().value(), person.name());
  }

  /** A person as they stand now; empty if the account is gone. Asked with every page. */
  public Optional<Caller> find(UserId id) {
    return store.find(id).map(User::caller);
  }

  /**
   * Checks a password and makes a token for the API that is good for {@link #SIGN_IN_LIFETIME}.
   *
   * @throws NotLetIn if name or password is wrong
   */
  public ApiToken signInToApi(String name, String password) {
    return newToken(signIn(name, password).id(), "sign-in", SIGN_IN_LIFETIME);
  }

  /**
   * Makes an API token for the caller, with the caller's role.
   *
   * @param label what it is for
   * @param days how long it is good, from 1 to 366
   * @throws Invalid if one of them will not do
   */
  @RolesAllowed("viewer")
  public ApiToken createApiToken(String label, int days) {
    if (days < 1 || days > MAX_TOKEN_DAYS) {
      throw new Invalid("expiresInDays", "must be between 1 and " + MAX_TOKEN_DAYS);
    }
    String text = Invalid.requireText(label, "label", MAX_NAME);
    Caller caller = store.named(context.getCallerPrincipal().getName()).orElseThrow().caller();
    ApiToken token = newToken(caller.id(), text, Duration.ofDays(days));
    audit.done(
        "api-token.made",
        target(caller),
        Facts.with("label", text).and("expiresAt", token.expiresAt()));
    return token;
  }

  private ApiToken newToken(UserId user, String label, Duration lifetime) {
    Token token = Token.create("rmt");
    Instant now = clock.instant();
    Instant expiresAt = now.plus(lifetime);
    store.insertApiToken(token, user, label, now, expiresAt);
    return new ApiToken(token.text(), expiresAt);
  }

  /** The person whose API token this is; empty if there is none or it has expired. */
  public Optional<Caller> ofApiToken(String token) {
    return store.ofApiToken(Token.presented(token), clock.instant()).map(User::caller);
  }
}
