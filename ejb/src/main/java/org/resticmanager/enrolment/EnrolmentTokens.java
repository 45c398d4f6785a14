package org.resticmanager.enrolment;

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
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;
import org.resticmanager.secret.Token;

/** The one-time tokens with which machines become hosts, for the people who hand them out. */
@Stateless
@PermitAll
public class EnrolmentTokens {

  /** Long enough to copy a line to another machine, short enough to be worthless when found. */
  public static final Duration LIFETIME = Duration.ofHours(1);

  private static final int MAX_LABEL = 200;

  @Inject private EnrolmentTokenStore store;
  @Inject private Hosts hosts;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Resource private SessionContext context;

  /**
   * Makes a token with which one machine may enrol within {@link #LIFETIME}.
   *
   * @param label what it is for, in the maker's words; may be empty
   * @param forHost the host that is enrolled anew with it, whose agents are cut off then; empty for
   *     a new one
   * @throws Invalid if the label is too long
   * @throws NotFound if there is no such host
   */
  @RolesAllowed("fleet-operator")
  public EnrolmentToken create(String label, Optional<HostId> forHost) {
    forHost.ifPresent(hosts::find);
    Token token = Token.create("rme");
    Instant now = clock.instant();
    EnrolmentTokenDetails details =
        new EnrolmentTokenDetails(
            Ids.next(),
            label.isBlank() ? "" : Invalid.requireText(label, "label", MAX_LABEL),
            context.getCallerPrincipal().getName(),
            now,
            now.plus(LIFETIME),
            forHost,
            null,
            Optional.empty(),
            null,
            EnrolmentTokenDetails.State.OPEN);
    store.insert(token, details);
    audit.done(
        "enrolment-token.made",
        target(details),
        Facts.with("expiresAt", details.expiresAt()).and("forHost", forHost));
    return new EnrolmentToken(details.id(), token.text(), details.expiresAt());
  }

  /**
   * The tokens, newest first.
   *
   * @param cursor where the last page ended; empty for the first page
   */
  @RolesAllowed("fleet-operator")
  public Page<EnrolmentTokenDetails> list(String cursor, int limit) {
    Page.requireLimit(limit);
    List<EnrolmentTokenDetails> rows =
        store.page(Page.idCursor(cursor), limit + 1, clock.instant());
    return Page.of(rows, limit, token -> token.id().toString());
  }

  /**
   * One token.
   *
   * @throws NotFound if there is none with this id
   */
  @RolesAllowed("fleet-operator")
  public EnrolmentTokenDetails find(String id) {
    return store
        .find(parse(id), clock.instant())
        .orElseThrow(() -> new NotFound("enrolment token", id));
  }

  /**
   * Nobody can enrol with this token from now on. May be repeated.
   *
   * @throws NotFound if there is none with this id
   * @throws Conflict if a machine has enrolled with it: cut off that host instead
   */
  @RolesAllowed("fleet-operator")
  public void revoke(String id) {
    EnrolmentTokenDetails details = find(id);
    boolean revoked = store.revoke(details.id(), clock.instant());
    if (revoked) {
      audit.done("enrolment-token.revoked", target(details), Facts.none());
    } else if (find(id).usedAt() != null) {
      throw new Conflict(
          "enrolment-token-used",
          "A machine has enrolled with this token already. Cut off its host instead.");
    }
  }

  private static Target target(EnrolmentTokenDetails token) {
    return Target.of("enrolment-token", token.id(), token.label());
  }

  private static UUID parse(String id) {
    return Ids.parse(id, "enrolment token");
  }
}
