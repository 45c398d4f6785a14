package org.resticmanager.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Target;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.secret.Token;

/**
 * Lets people in by name and password. Checking a password takes long on purpose, so it happens
 * outside of any transaction, and not at all while a pause lasts; each look at the database has a
 * transaction of its own.
 */
@ApplicationScoped
public class FrontDoor {

  @Inject private Users users;
  @Inject private KnownDevices devices;
  @Inject private Passwords passwords;
  @Inject private SignInThrottle throttle;
  @Inject private SecondFactors secondFactors;
  @Inject private SignIns signIns;
  @Inject private ProviderPeople providerPeople;
  @Inject private Audit audit;

  /**
   * Signs a browser in.
   *
   * @throws NotLetIn if name or password is wrong; it does not say which
   * @throws SecondFactorNeeded if they are right, and a one-time code is needed too
   * @throws TooManyTries after too many wrong ones; the password was not looked at
   */
  public BrowserSignIn signIn(Credentials credentials) {
    Account account = check(credentials);
    Token cookie = Token.create("rmb");
    SignInId id =
        signIns.begin(
            account.caller(), account.passwordHash().orElseThrow(), cookie, credentials.origin());
    Token device = devices.remember(credentials.device(), account.id());
    return new BrowserSignIn(id, cookie.text(), Optional.of(device.text()));
  }

  /**
   * Signs a browser in whose person the application server's realm knows. Its answer counts alone:
   * neither a password of ours nor a one-time code is asked for.
   *
   * @param realm asks it, unless a pause lasts; empty if name or password is wrong
   * @throws NotLetIn if they are, or the person has no role, or may not come in here
   * @throws TooManyTries after too many wrong ones; the realm was not asked
   */
  public BrowserSignIn signIn(Credentials credentials, Supplier<Optional<RealmPerson>> realm) {
    SignInThrottle.Attempt attempt =
        throttle.begin(credentials.name(), credentials.origin().address(), Optional.empty());
    Optional<RealmPerson> known = realm.get();
    if (known.isEmpty()) {
      audit(credentials);
      throw refused();
    }
    RealmPerson person = known.get();
    Role role =
        person
            .role()
            .orElseThrow(
                () ->
                    providerPeople.refused(
                        person.name(), "no-role", "You have no role here. Ask an administrator."));
    BrowserSignIn signIn =
        providerPeople.signIn(
            new ProviderIdentity(ComesInBy.REALM_ISSUER, person.name(), person.name()),
            Optional.empty(),
            role,
            credentials.origin());
    throttle.succeeded(attempt);
    return signIn;
  }

  /**
   * Signs a program in, with a token that is good for {@link SignIns#API_LIFETIME}.
   *
   * @throws NotLetIn if name or password is wrong
   * @throws SecondFactorNeeded if they are right, and a one-time code is needed too
   * @throws TooManyTries after too many wrong ones; the password was not looked at
   */
  public SignInToken signInToApi(Credentials credentials) {
    Account account = check(credentials);
    return signIns.beginForApi(
        account.caller(), account.passwordHash().orElseThrow(), credentials.origin());
  }

  private Account check(Credentials credentials) {
    Optional<Account> account = users.usable(credentials.name());
    SignInThrottle.Attempt attempt =
        throttle.begin(
            credentials.name(),
            credentials.origin().address(),
            credentials.device().filter(device -> known(device, account)));
    if (!passwords.matches(credentials.password(), account)) {
      audit(credentials);
      throw refused();
    }
    Account person = account.orElseThrow();
    requireCode(person, credentials, attempt);
    throttle.succeeded(attempt);
    return person;
  }

  /**
   * A wrong code counts as a wrong try, and a missing one does not make those of before forgotten.
   */
  private void requireCode(
      Account person, Credentials credentials, SignInThrottle.Attempt attempt) {
    if (secondFactors.unneeded(person.id())) {
      return;
    }
    if (credentials.totp().isEmpty()) {
      throttle.undone(attempt);
      throw new SecondFactorNeeded();
    }
    if (!secondFactors.use(person.id(), credentials.totp())) {
      audit(credentials);
      throw new NotLetIn("totp-refused", "The one-time code is wrong, or was used before.");
    }
  }

  private void audit(Credentials credentials) {
    String claimed = credentials.name();
    audit.refused(claimed, "sign-in.refused", new Target("person", "", claimed));
  }

  private boolean known(String device, Optional<Account> account) {
    return account.filter(person -> devices.knows(device, person.id())).isPresent();
  }

  static NotLetIn refused() {
    return new NotLetIn("sign-in-refused", "Name or password is wrong.");
  }
}
