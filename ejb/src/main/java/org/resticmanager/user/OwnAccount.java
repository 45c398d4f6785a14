package org.resticmanager.user;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;

/** What people do with their own account. */
@Stateless
@PermitAll
public class OwnAccount {

  @Inject private PersonStore people;
  @Inject private SignInStore signIns;
  @Inject private DeviceStore devices;
  @Inject private Passwords passwords;
  @Inject private OwnPassword ownPassword;
  @Inject private Audit audit;
  @Resource private SessionContext context;

  /** By what the caller comes in. */
  @RolesAllowed(Caller.SIGNED_IN)
  public ComesInBy comesInBy() {
    return people.comesInBy(account().id()).orElse(ComesInBy.PASSWORD);
  }

  /**
   * Changes the caller's password. Every sign-in but this one ends; API tokens stay.
   *
   * @param current the password of before
   * @param kept the sign-in in which it is changed
   * @throws Invalid if {@code current} is wrong or the new one will not do
   * @throws TooManyTries after too many wrong ones; the password was not looked at
   * @throws Conflict if the caller comes in by single sign-on
   */
  @RolesAllowed(Caller.SIGNED_IN)
  public void changePassword(String current, String password, SignInId kept) {
    Account account =
        people
            .locked(account().id())
            .orElseThrow(() -> new NotFound("person", context.getCallerPrincipal().getName()));
    ownPassword.require(account, current);
    people.setPassword(account.id(), passwords.hash(password));
    signIns.deleteOthers(account.id(), kept);
    devices.forget(account.id());
    audit.done("person.password-changed", account.caller().target(), Facts.none());
  }

  private Account account() {
    String name = context.getCallerPrincipal().getName();
    return people.named(name).orElseThrow(() -> new NotFound("person", name));
  }
}
