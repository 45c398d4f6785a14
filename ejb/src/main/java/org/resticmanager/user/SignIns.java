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
import java.util.List;
import java.util.Optional;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.host.Sight;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.secret.Token;

/**
 * Who is signed in. A sign-in is a row, read with every request on every node: once it is gone,
 * nobody comes in by it.
 */
@Stateless
@PermitAll
public class SignIns {

  /** How long the token of an API sign-in is good: a working day and the evening. */
  public static final Duration API_LIFETIME = Duration.ofHours(12);

  /** What is notified of where sign-ins end before their time: whose they were, by name. */
  public static final String ENDED = "sign-ins-ended";

  /** As the web session ({@code session-timeout} in web.xml). */
  static final Duration IDLE = Duration.ofMinutes(60);

  /** A page that is left open renews itself for ever; its sign-in does not. */
  static final Duration LONGEST = Duration.ofDays(7);

  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
  private static final int MOST_LISTED = 100;

  @Inject private SignInStore store;
  @Inject private PersonStore people;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Resource private SessionContext context;

  /**
   * Begins a sign-in of a browser.
   *
   * @param passwordHash of the password that was right
   * @param cookie by which every node knows the browser
   * @throws NotLetIn if the account has changed since
   */
  public SignInId begin(Caller person, String passwordHash, Token cookie, Origin origin) {
    SignInId id = begin(person, passwordHash, Optional.empty(), origin, IDLE);
    store.remember(id, cookie);
    return id;
  }

  /** As {@link #begin(Caller, String, Token, Origin)}, for a program, which gets a token. */
  public SignInToken beginForApi(Caller person, String passwordHash, Origin origin) {
    Token token = Token.create("rmi");
    begin(person, passwordHash, Optional.of(token), origin, API_LIFETIME);
    return new SignInToken(token.text(), clock.instant().plus(API_LIFETIME));
  }

  private SignInId begin(
      Caller person, String passwordHash, Optional<Token> token, Origin origin, Duration lifetime) {
    Instant now = clock.instant();
    SignInId id = new SignInId(Ids.next());
    store.deleteExpired(now);
    if (!store.insert(id, person.id(), passwordHash, token, origin, now, now.plus(lifetime))) {
      throw FrontDoor.refused();
    }
    audit.doneBy(
        person.name(), "sign-in.done", person.target(), Facts.with("api", token.isPresent()));
    return id;
  }

  /** The person whose browser has this sign-in; empty if it has ended. Asked with every request. */
  public Optional<Presence> find(SignInId id) {
    Instant now = clock.instant();
    return store.find(id, now).map(row -> noted(row, now));
  }

  /** The person whose browser shows this cookie; empty if the sign-in has ended. */
  public Optional<Presence> findByCookie(String cookie) {
    Instant now = clock.instant();
    return store.findByCookie(Token.presented(cookie), now).map(row -> noted(row, now));
  }

  /** The person whose token of an API sign-in this is; empty if it has ended. */
  public Optional<Presence> find(String token) {
    Instant now = clock.instant();
    return store.find(Token.presented(token), now).map(row -> noted(row, now));
  }

  private Presence noted(SignInStore.Row row, Instant now) {
    if (row.lastSeenAt().plus(NOTED_EVERY).isBefore(now)) {
      Instant last = row.beganAt().plus(LONGEST);
      Instant idle = now.plus(IDLE);
      store.seen(row.presence().signIn(), now, row.api() ? now : idle.isBefore(last) ? idle : last);
    }
    return row.presence();
  }

  /**
   * Whether a sign-in still lets its person in, to the same hosts; for what goes on after a request
   * was let in.
   */
  public boolean lasts(SignInId id, Sight sight) {
    return store
        .findAny(id, clock.instant())
        .filter(row -> row.presence().caller().sight().equals(sight))
        .isPresent();
  }

  /** Ends a sign-in; does nothing if it has ended. */
  public void end(SignInId id) {
    Optional<Caller> person = store.find(id, clock.instant()).map(row -> row.presence().caller());
    store.delete(id);
    person.ifPresent(who -> audit.doneBy(who.name(), "sign-in.ended", who.target(), Facts.none()));
  }

  /** Where the caller is signed in, those first who were heard of last; the first hundred. */
  @RolesAllowed(Caller.SIGNED_IN)
  public List<SignInDetails> mine() {
    return store.of(caller().id(), clock.instant(), MOST_LISTED);
  }

  /**
   * Ends a sign-in of the caller.
   *
   * @throws NotFound if the caller has none of this id
   */
  @RolesAllowed(Caller.SIGNED_IN)
  public void endMine(SignInId id) {
    Caller caller = caller();
    if (!store.delete(id, caller.id())) {
      throw new NotFound("sign-in", id.toString());
    }
    audit.done("sign-in.ended", caller.target(), Facts.none());
  }

  /** Signs the caller out everywhere. */
  @RolesAllowed(Caller.SIGNED_IN)
  public void endAllOfMine() {
    Caller caller = caller();
    store.deleteAll(caller.id());
    audit.done("person.signed-out", caller.target(), Facts.none());
  }

  private Caller caller() {
    String name = context.getCallerPrincipal().getName();
    return people.named(name).orElseThrow(() -> new NotFound("person", name)).caller();
  }
}
