package org.resticmanager.user;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.host.Tags;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.secret.Token;

/**
 * Lets people in whom an identity provider has vouched for. They are known by issuer and subject
 * alone: nobody comes to an account by having its name.
 */
@Stateless
@PermitAll
public class ProviderPeople {

  @Inject private PersonStore people;
  @Inject private SignInStore signIns;
  @Inject private ProviderLogoutStore logouts;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /**
   * Signs a browser in. Who comes for the first time gets an account; with another role than last
   * time, every other sign-in ends.
   *
   * @param session of the browser, as the provider calls it; empty if it does not
   * @param role what the provider's groups let them do now
   * @throws NotLetIn if they are disabled here, have signed out there meanwhile, or somebody else
   *     has their name
   */
  public BrowserSignIn signIn(
      ProviderIdentity identity, Optional<String> session, Role role, Origin origin) {
    Instant now = clock.instant();
    Account account =
        people
            .lockedOf(identity)
            .map(known -> withRole(known, role))
            .orElseGet(() -> added(identity, role, now));
    SignInId id = new SignInId(Ids.next());
    signIns.deleteExpired(now);
    if (!signIns.insertOfProvider(id, account.id(), session, origin, now, now.plus(SignIns.IDLE))) {
      throw account.disabled()
          ? refused(
              account.name(), "person-disabled", "Your account is disabled. Ask an administrator.")
          : refused(account.name(), "signed-out", "You have signed out at the identity provider.");
    }
    Token cookie = Token.create("rmb");
    signIns.remember(id, cookie);
    audit.doneBy(
        account.name(),
        "sign-in.done",
        account.caller().target(),
        Facts.with("provider", identity.issuer()));
    return new BrowserSignIn(id, cookie.text(), Optional.empty());
  }

  /**
   * Ends the sign-ins of who has signed out at the provider: by the time it returns nobody comes in
   * by them, on any node. API tokens stay.
   *
   * @throws NotLetIn if it was told before
   */
  public void signedOut(ProviderLogout logout) {
    // whoever signs in at this moment has either begun, and ends here, or finds it told
    logout
        .subject()
        .ifPresent(subject -> people.lockedOf(new ProviderIdentity(logout.issuer(), subject, "")));
    if (!logouts.use(logout, clock.instant())) {
      throw new NotLetIn("logout-repeated", "This was told before.");
    }
    signIns.deleteOfProvider(logout).stream()
        .distinct()
        .forEach(
            person ->
                audit.doneBy(
                    logout.issuer(),
                    "person.signed-out",
                    person.target(),
                    Facts.with("provider", logout.issuer())));
  }

  /**
   * Records that somebody whom the provider knows is not let in.
   *
   * @return what to throw
   */
  public NotLetIn refused(String name, String code, String message) {
    audit.refused(name, "sign-in.refused", new Target("person", "", name));
    return new NotLetIn(code, message);
  }

  private Account withRole(Account account, Role role) {
    if (role == account.role() || account.disabled()) {
      return account;
    }
    Tags hostTags = role == Role.ADMIN ? Tags.NONE : account.hostTags();
    people.setRights(account.id(), role, hostTags);
    signIns.deleteAll(account.id());
    audit.doneBy(
        account.name(),
        "person.changed",
        account.caller().target(),
        Facts.with("role", role.roleName()));
    return new Account(account.id(), account.name(), role, hostTags, Optional.empty(), false);
  }

  private Account added(ProviderIdentity identity, Role role, Instant now) {
    Account account =
        new Account(
            new UserId(Ids.next()), name(identity), role, Tags.NONE, Optional.empty(), false);
    if (!people.insert(account, now)) {
      throw refused(
          account.name(), "name-taken", "Somebody else has your name here. Ask an administrator.");
    }
    people.link(account.id(), identity);
    audit.doneBy(
        account.name(),
        "person.added",
        account.caller().target(),
        Facts.with("role", role.roleName()).and("provider", identity.issuer()));
    return account;
  }

  private String name(ProviderIdentity identity) {
    try {
      return Invalid.requireText(identity.name(), "name", Users.MAX_NAME);
    } catch (Invalid e) {
      throw refused(
          identity.subject(), "name-unusable", "The name that the provider gives you will not do.");
    }
  }
}
