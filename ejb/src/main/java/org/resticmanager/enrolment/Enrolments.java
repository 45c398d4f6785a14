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
import java.util.Optional;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.secret.Token;

/** Turns machines into hosts, and knows agents by their tokens. */
@Stateless
@PermitAll
public class Enrolments {

  /** Long enough to copy a line to another machine, short enough to be worthless when found. */
  public static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

  @Inject private TokenStore tokens;
  @Inject private Hosts hosts;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Resource private SessionContext context;

  /** Makes a token with which one machine may enrol within {@link #TOKEN_LIFETIME}. */
  @RolesAllowed("operator")
  public EnrolmentToken createToken() {
    Token token = Token.create("rme");
    Instant now = clock.instant();
    Instant expiresAt = now.plus(TOKEN_LIFETIME);
    tokens.insertEnrolmentToken(token, context.getCallerPrincipal().getName(), now, expiresAt);
    audit.done(
        "enrolment-token.made",
        new Target("enrolment-token", "", ""),
        Facts.with("expiresAt", expiresAt));
    return new EnrolmentToken(token.text(), expiresAt);
  }

  /**
   * Redeems a token. Of two machines that race for one token, one is enrolled.
   *
   * @throws NotLetIn if the token is unknown, used or expired: the machine needs a new one
   */
  public Enrolled enrol(String token, Applicant applicant) {
    Instant now = clock.instant();
    if (token == null || !tokens.useEnrolmentToken(Token.presented(token.strip()), now)) {
      throw new NotLetIn(
          "enrolment-token-refused",
          "The enrolment token is not valid: it may have been used, have expired or be mistyped."
              + " Ask for a new one.");
    }
    HostDetails host =
        hosts.add(applicant.hostname(), applicant.hostname(), applicant.os(), applicant.arch());
    Token agentToken = Token.create("rma");
    tokens.insertAgentToken(agentToken, host.id(), now);
    audit.doneBy(
        host.name(),
        "host.enrolled",
        Target.of("host", host.id(), host.name()),
        Facts.with("hostname", host.hostname()).and("os", host.os()).and("arch", host.arch()));
    return new Enrolled(host, agentToken.text());
  }

  /** The host whose agent signs in with this token; empty if there is none or it was revoked. */
  public Optional<HostId> hostOf(String agentToken) {
    return tokens.hostOf(Token.presented(agentToken));
  }
}
