package org.resticmanager.user;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.host.Tags;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotLetIn;
import org.resticmanager.secret.Token;

/** How people come to have accounts that they can use: the first administrator, and passwords. */
@Stateless
@PermitAll
public class Users {

  static final int MAX_NAME = 100;

  @Inject private PersonStore store;
  @Inject private SignInStore signIns;
  @Inject private DeviceStore devices;
  @Inject private Passwords passwords;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /** Whether the first administrator is still to be made. */
  public boolean setUpNeeded() {
    return !store.hasAdmin();
  }

  /** The account of a name, upper and lower case being the same, if somebody may come in by it. */
  public Optional<Account> usable(String name) {
    return store.named(name).filter(Account::usable);
  }

  /**
   * Makes a new set-up token; those of other nodes go on working. For the control plane itself.
   *
   * @param before the one that this node made before, which stops working; empty if none is known
   */
  public Token newSetUpToken(Optional<String> before) {
    Token token = Token.create("rms");
    store.addSetUpToken(before.map(Token::presented), token, clock.instant());
    return token;
  }

  /**
   * Makes the first administrator, once.
   *
   * @throws NotLetIn if no node has made the token, or set-up has been done
   * @throws Invalid if name or password will not do; the token stays good
   */
  public Caller setUp(String token, String name, String password) {
    Token link = presented(token);
    // the costly hash only for those who have a link, and nothing at all once it is done
    if (store.hasAdmin() || !store.hasSetUpToken(link)) {
      throw setUpRefused();
    }
    String userName = Invalid.requireText(name, "name", MAX_NAME);
    String hash = passwords.hash(password);
    if (!store.useSetUpToken(link) || store.hasAdmin()) {
      throw setUpRefused();
    }
    Account admin =
        new Account(
            new UserId(Ids.next()), userName, Role.ADMIN, Tags.NONE, Optional.of(hash), false);
    if (!store.insert(admin, clock.instant())) {
      throw new Conflict("name-taken", "There is somebody of this name already.");
    }
    Caller caller = admin.caller();
    audit.doneBy(userName, "person.set-up", caller.target(), Facts.with("role", "admin"));
    return caller;
  }

  /**
   * Sets the password of the person whose set-up link this is, once. Every sign-in of before ends.
   *
   * @throws NotLetIn if the link is not the newest, was used or is too old
   * @throws Invalid if the password will not do; the link stays good
   */
  public Caller setPassword(String token, String password) {
    Token link = presented(token);
    // the costly hash only for those who have a link
    Account account =
        store
            .ofLink(link, clock.instant())
            .flatMap(store::locked)
            .filter(known -> !known.disabled())
            .orElseThrow(Users::linkRefused);
    String hash = passwords.hash(password);
    if (!store.useLink(link, clock.instant())) {
      throw linkRefused();
    }
    store.setPassword(account.id(), hash);
    signIns.deleteAll(account.id());
    devices.forget(account.id());
    Caller caller = account.caller();
    audit.doneBy(caller.name(), "person.password-set-by-link", caller.target(), Facts.none());
    return caller;
  }

  private static Token presented(String token) {
    return Token.presented(token == null ? "" : token.strip());
  }

  private static NotLetIn setUpRefused() {
    return new NotLetIn(
        "set-up-link-refused",
        "This set-up link is not valid any more. If no administrator exists yet, restart the"
            + " control plane: it prints a new one.");
  }

  private static NotLetIn linkRefused() {
    return new NotLetIn(
        "set-up-link-refused",
        "This set-up link is not valid any more: it works once, and for 24 hours. An administrator"
            + " can make a new one.");
  }
}
