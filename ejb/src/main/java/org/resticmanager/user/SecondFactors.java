package org.resticmanager.user;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;

/**
 * One-time codes beside the password. Whoever changes that for themselves shows the password: a
 * browser that somebody left open must not do.
 */
@Stateless
@PermitAll
public class SecondFactors {

  @Inject private SecondFactorStore store;
  @Inject private PersonStore people;
  @Inject private OwnPassword ownPassword;
  @Inject private Audit audit;
  @Inject private Clock clock;
  @Resource private SessionContext context;

  /** How it stands with the caller. */
  @RolesAllowed(Caller.SIGNED_IN)
  public SecondFactorDetails mine() {
    UserId user = account().id();
    return new SecondFactorDetails(store.confirmed(user).isPresent(), store.recoveryCodes(user));
  }

  /**
   * Makes a secret for the caller's app. Nothing is asked for until a code of it is shown.
   *
   * @throws Invalid if the password is wrong
   * @throws Conflict if one is on already
   */
  @RolesAllowed(Caller.SIGNED_IN)
  public SecondFactorSecret begin(String currentPassword) {
    Account account = account();
    ownPassword.require(account, currentPassword);
    OneTimeCodes codes = OneTimeCodes.create();
    if (!store.begin(account.id(), codes)) {
      throw new Conflict("second-factor-on", "One-time codes are on already. Turn them off first.");
    }
    return new SecondFactorSecret(codes.secret(), codes.uri(account.name()));
  }

  /**
   * Turns it on: from now on the caller comes in with a code.
   *
   * @param code of the app, to show that it has the secret
   * @return the recovery codes, shown this once
   * @throws Invalid if the code is wrong
   * @throws Conflict if none was begun
   */
  @RolesAllowed(Caller.SIGNED_IN)
  public List<String> confirm(String code) {
    Account account = account();
    OneTimeCodes codes =
        store
            .unconfirmed(account.id())
            .orElseThrow(
                () -> new Conflict("second-factor-not-begun", "There is none to confirm."));
    if (!used(account.id(), codes, stripped(code))) {
      throw new Invalid("totp", "is not the code of this moment");
    }
    store.confirm(account.id(), clock.instant());
    List<String> recovery = RecoveryCodes.create();
    store.replaceRecoveryCodes(account.id(), recovery);
    audit.done("second-factor.on", account.caller().target(), Facts.none());
    return recovery;
  }

  /**
   * Turns it off for the caller; does nothing if it is off.
   *
   * @throws Invalid if the password is wrong
   */
  @RolesAllowed(Caller.SIGNED_IN)
  public void turnOff(String currentPassword) {
    Account account = account();
    ownPassword.require(account, currentPassword);
    turnOff(account);
  }

  /**
   * Turns it off for somebody who has lost the app and the recovery codes; does nothing if it is
   * off.
   *
   * @throws NotFound if there is no such person
   */
  @RolesAllowed("admin")
  public void reset(UserId id) {
    turnOff(people.locked(id).orElseThrow(() -> new NotFound("person", id.toString())));
  }

  private void turnOff(Account account) {
    if (store.delete(account.id())) {
      audit.done("second-factor.off", account.caller().target(), Facts.none());
    }
  }

  /** Whether the person comes in without a code. */
  public boolean unneeded(UserId user) {
    return store.confirmed(user).isEmpty();
  }

  /** Uses up a code of the app, or a recovery code; false if it is neither, or was used before. */
  public boolean use(UserId user, String code) {
    String given = stripped(code);
    Optional<OneTimeCodes> codes = store.confirmed(user);
    return codes.isPresent()
        && (used(user, codes.get(), given) || store.useRecoveryCode(user, given));
  }

  private boolean used(UserId user, OneTimeCodes codes, String code) {
    OptionalLong step = codes.step(code, clock.instant());
    return step.isPresent() && store.useStep(user, step.getAsLong());
  }

  private static String stripped(String code) {
    return code == null ? "" : code.replaceAll("\\s", "");
  }

  private Account account() {
    String name = context.getCallerPrincipal().getName();
    return people.named(name).orElseThrow(() -> new NotFound("person", name));
  }
}
