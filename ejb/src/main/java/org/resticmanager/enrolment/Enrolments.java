package org.resticmanager.enrolment;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.platform.Notifications;
import org.resticmanager.secret.Token;

/** Turns machines into hosts. */
@Stateless
@PermitAll
public class Enrolments {

  @Inject private EnrolmentTokenStore enrolmentTokens;
  @Inject private AgentTokenStore agentTokens;
  @Inject private Hosts hosts;
  @Inject private Notifications notifications;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /**
   * Redeems a token. Of two machines that race for one token, one is enrolled. With a token that
   * was made for a host the machine becomes that host, and its former agents are cut off.
   *
   * @throws NotLetIn if the token is unknown, used, revoked or expired: the machine needs a new one
   */
  public Enrolled enrol(String token, Applicant applicant) {
    Instant now = clock.instant();
    Token presented = Token.presented(token == null ? "" : token.strip());
    EnrolmentTokenStore.Used used =
        enrolmentTokens
            .use(presented, now)
            .orElseThrow(
                () ->
                    new NotLetIn(
                        "enrolment-token-refused",
                        "The enrolment token is not valid: it may have been used, have expired, be"
                            + " revoked or be mistyped. Ask for a new one."));
    HostDetails host =
        used.forHost()
            .map(hosts::find)
            .orElseGet(
                () ->
                    hosts.add(
                        applicant.hostname(),
                        applicant.hostname(),
                        applicant.os(),
                        applicant.arch()));
    enrolmentTokens.usedBy(presented, host.id());
    if (used.forHost().isPresent()) {
      agentTokens.revokeAll(host.id(), now);
      notifications.notify(AgentTokens.REPLACED, host.id().toString());
    }
    Token agentToken = Token.create("rma");
    agentTokens.insert(Ids.next(), agentToken, host.id(), now);
    audit.doneBy(
        host.name(),
        "host.enrolled",
        Target.of("host", host.id(), host.name()),
        Facts.with("hostname", applicant.hostname())
            .and("os", applicant.os())
            .and("arch", applicant.arch())
            .and("again", used.forHost().isPresent()));
    return new Enrolled(host, agentToken.text());
  }
}
