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
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.secret.Token;

/** Tokens for programs. */
@Stateless
@PermitAll
public class ApiTokens {

  private static final int MAX_LABEL = 100;
  private static final int MAX_DAYS = 366;

  @Inject private ApiTokenStore store;
  @Inject private PersonStore people;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Resource private SessionContext context;

  /**
   * Makes an API token for the caller, with the caller's role.
   *
   * @param label what it is for
   * @param days how long it is good, from 1 to 366
   * @throws Invalid if one of them will not do
   */
  @RolesAllowed("viewer")
  public ApiToken create(String label, int days) {
    if (days < 1 || days > MAX_DAYS) {
      throw new Invalid("expiresInDays", "must be between 1 and " + MAX_DAYS);
    }
    String text = Invalid.requireText(label, "label", MAX_LABEL);
    String name = context.getCallerPrincipal().getName();
    Caller caller = people.named(name).orElseThrow(() -> new NotFound("person", name)).caller();
    Token token = Token.create("rmt");
    Instant now = clock.instant();
    Instant expiresAt = now.plus(Duration.ofDays(days));
    store.insert(token, caller.id(), text, now, expiresAt);
    audit.done(
        "api-token.made", caller.target(), Facts.with("label", text).and("expiresAt", expiresAt));
    return new ApiToken(token.text(), expiresAt);
  }

  /** The person whose API token this is; empty if there is none or it has expired. */
  public Optional<Caller> callerOf(String token) {
    return store.callerOf(Token.presented(token), clock.instant());
  }
}
