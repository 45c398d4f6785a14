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
import java.util.UUID;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.host.Sight;
import org.resticmanager.host.Tags;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;
import org.resticmanager.secret.Token;

/** Tokens for programs. */
@Stateless
@PermitAll
public class ApiTokens {

  /** The most that a person has at a time, those that have expired included. */
  private static final int MOST = 100;

  private static final int MAX_LABEL = 100;

  /** Before every identifier. */
  private static final UUID FIRST = new UUID(0, 0);

  private static final int MAX_DAYS = 366;
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  @Inject private ApiTokenStore store;
  @Inject private PersonStore people;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Resource private SessionContext context;

  /**
   * Makes an API token for the caller. Not for programs: a stolen token could make itself others.
   *
   * @param label what it is for
   * @param scope what it may do at most; empty for as much as the caller
   * @param hostTags it sees the hosts with one of them; none: all that the caller sees
   * @param days how long it is good, from 1 to 366
   * @throws Invalid if one of them will not do, the scope is more than the caller's role, or it is
   *     an administrator's and limited to tags
   * @throws Conflict if the caller has too many
   */
  @RolesAllowed(Caller.SIGNED_IN)
  public ApiToken create(String label, Optional<Scope> scope, Tags hostTags, int days) {
    if (days < 1 || days > MAX_DAYS) {
      throw new Invalid("expiresInDays", "must be between 1 and " + MAX_DAYS);
    }
    String text = Invalid.requireText(label, "label", MAX_LABEL);
    Caller caller = caller();
    Scope given = scope.orElseGet(() -> Scope.of(caller.role()));
    if (!given.within(caller.role())) {
      throw new Invalid("scope", "must not be more than what you may do yourself");
    }
    if (given == Scope.ADMIN && !hostTags.names().isEmpty()) {
      throw new Invalid(
          "hostTags", "must be empty for the scope admin: who looks after people sees every host");
    }
    if (store.of(caller.id(), MOST).size() == MOST) {
      throw new Conflict(
          "too-many-tokens", "You have " + MOST + " API tokens. Revoke those not needed any more.");
    }
    Token token = Token.create("rmt");
    Instant now = clock.instant();
    ApiTokenDetails details =
        new ApiTokenDetails(
            new TokenId(Ids.next()),
            caller,
            text,
            given,
            hostTags,
            now,
            now.plus(Duration.ofDays(days)),
            null);
    store.insert(details, token);
    audit.changed("api-token.made", target(details), Facts.none(), details.facts());
    return new ApiToken(details.id(), token.text(), details.expiresAt());
  }

  /** The program whose API token this is; empty if there is none or it has expired. */
  public Optional<Program> find(String token) {
    Instant now = clock.instant();
    return store.find(Token.presented(token), now).map(found -> noted(found, now));
  }

  /**
   * Whether a token still lets a program in, to the same hosts; for what goes on after a request
   * was let in.
   */
  public boolean lasts(TokenId id, Sight sight) {
    return store
        .findGood(id, clock.instant())
        .filter(token -> token.sight().equals(sight))
        .isPresent();
  }

  private Program noted(ApiTokenDetails token, Instant now) {
    if (token.lastUsedAt() == null || token.lastUsedAt().plus(NOTED_EVERY).isBefore(now)) {
      store.used(token.id(), now);
    }
    Sight sight = token.sight();
    return new Program(
        token.id(),
        token.person(),
        Role.within(token.scope().groups(token.person().role()), sight),
        sight);
  }

  /** The caller's, newest first. */
  @RolesAllowed(Caller.SIGNED_IN)
  public List<ApiTokenDetails> mine() {
    return store.of(caller().id(), MOST);
  }

  /** Those of a person, newest first. */
  @RolesAllowed("admin")
  public List<ApiTokenDetails> of(UserId person) {
    return store.of(person, MOST);
  }

  /**
   * Those of everybody.
   *
   * @param cursor where the last page ended; empty for the first page
   * @throws Invalid if the limit is out of range or the cursor is none
   */
  @RolesAllowed("admin")
  public Page<ApiTokenDetails> all(String cursor, int limit) {
    Page.requireLimit(limit);
    return Page.of(
        store.all(Page.idCursor(cursor).orElse(FIRST), limit + 1),
        limit,
        token -> token.id().toString());
  }

  /**
   * Revokes a token: nobody comes in by it any more. For its person, and for administrators.
   *
   * @throws NotFound if the caller sees none of this id
   */
  @RolesAllowed(Caller.SIGNED_IN)
  public void revoke(TokenId id) {
    Caller caller = caller();
    ApiTokenDetails token =
        store
            .find(id)
            .filter(found -> found.person().id().equals(caller.id()) || isAdmin())
            .orElseThrow(() -> new NotFound("api-token", id.toString()));
    store.delete(id);
    audit.changed("api-token.revoked", target(token), token.facts(), Facts.none());
  }

  private boolean isAdmin() {
    return context.isCallerInRole(Role.ADMIN.roleName());
  }

  private static Target target(ApiTokenDetails token) {
    return Target.of("api-token", token.id(), token.person().name() + ": " + token.label());
  }

  private Caller caller() {
    String name = context.getCallerPrincipal().getName();
    return people.named(name).orElseThrow(() -> new NotFound("person", name)).caller();
  }
}
