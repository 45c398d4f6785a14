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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Notifications;
import org.resticmanager.secret.Token;

/**
 * The tokens by which agents are known: given at enrolment, replaced while the agents work, and
 * taken away. In between two may be valid, so that an agent that is killed at any moment can sign
 * in with the one that is on its disk.
 */
@Stateless
@PermitAll
public class AgentTokens {

  /** What is said of a host whose tokens somebody has done something to. */
  static final String TOPIC = "agent-access";

  /** What is said of a host that another machine has become. */
  static final String REPLACED = "agent-replaced";

  /**
   * An agent that has not answered an offer gets the next one after this, or when it comes back.
   */
  private static final Duration PATIENCE = Duration.ofHours(1);

  @Inject private AgentTokenStore store;
  @Inject private AnnouncementStore announcements;
  @Inject private AgentTokenSettings settings;
  @Inject private Hosts hosts;
  @Inject private Notifications notifications;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Resource private SessionContext context;

  /**
   * A token that an agent is to have.
   *
   * @param id by which its answer tells that it has
   * @param text the secret
   */
  public record Fresh(UUID id, String text) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Fresh[id=" + id + "]";
    }
  }

  /**
   * The host whose agent signs in with this token; empty if it is not valid. The first time makes
   * the host's older tokens worthless.
   */
  public Optional<HostId> signIn(String token) {
    return store.signIn(Token.presented(token), clock.instant());
  }

  /**
   * How a host's agent stands.
   *
   * @throws NotFound if there is no such host
   */
  @RolesAllowed("viewer")
  public AgentAccess access(HostId host) {
    hosts.find(host);
    return store.access(host, clock.instant());
  }

  /**
   * The agent gets another token: at once if it is connected, else when it comes back. May be
   * repeated.
   *
   * @throws NotFound if there is no such host
   * @throws Conflict if it is cut off: nobody is there to get one
   */
  @RolesAllowed("operator")
  public AgentAccess rotate(HostId host) {
    HostDetails details = hosts.find(host);
    Instant now = clock.instant();
    if (store.access(host, now).cutOff()) {
      throw new Conflict(
          "host-cut-off", "The host is cut off. Make an enrolment token for it instead.");
    }
    store.wantRotation(host, context.getCallerPrincipal().getName(), now);
    audit.done("host.token-rotation-wanted", target(details), Facts.none());
    notifications.notify(TOPIC, host.toString());
    return store.access(host, now);
  }

  /**
   * The agent's tokens are worthless from now on, and its connection is closed, wherever it is. The
   * host stays, with all that is known of it; an enrolment token for it lets a machine be that host
   * again. May be repeated.
   *
   * @throws NotFound if there is no such host
   */
  @RolesAllowed("operator")
  public void cutOff(HostId host) {
    HostDetails details = hosts.find(host);
    // before the host, as who claims does; one that nobody has claimed yet makes no token either
    announcements.forget(host);
    store.lock(host);
    Instant now = clock.instant();
    if (store.access(host, now).cutOff()) {
      return;
    }
    store.revokeAll(host, now);
    audit.done("host.cut-off", target(details), Facts.none());
    notifications.notify(TOPIC, host.toString());
  }

  private static Target target(HostDetails host) {
    return Target.of("host", host.id(), host.name());
  }

  /** Those of these hosts whose agents may not stay. */
  public Set<HostId> cutOff(Collection<HostId> connected) {
    return store.cutOff(connected, clock.instant());
  }

  /** Those of these hosts whose agents are to get another token. */
  public Set<HostId> due(Collection<HostId> connected) {
    Instant now = clock.instant();
    return store.dueForRotation(
        connected, settings.rotateAfter().map(now::minus), Optional.of(now.minus(PATIENCE)));
  }

  /** Makes a token for an agent that has just connected, if it is to have another one. */
  public Optional<Fresh> offerOnConnect(HostId host) {
    Optional<Instant> madeBefore = settings.rotateAfter().map(clock.instant()::minus);
    return store.dueForRotation(List.of(host), madeBefore, Optional.empty()).isEmpty()
        ? Optional.empty()
        : offer(host);
  }

  /** Makes a token for an agent, unless it was cut off. What it has now stays valid. */
  public Optional<Fresh> offer(HostId host) {
    Token token = Token.create("rma");
    Fresh fresh = new Fresh(Ids.next(), token.text());
    return store.offer(fresh.id(), token, host, clock.instant())
        ? Optional.of(fresh)
        : Optional.empty();
  }

  /** The agent has the token on its disk. May be repeated. */
  public void stored(HostId host, UUID token) {
    Instant now = clock.instant();
    store.confirm(token, host, now, now.plus(settings.overlap()));
  }

  /** The agent could not keep the token. May be repeated. */
  public void notStored(HostId host, UUID token) {
    store.drop(token, host);
  }
}
