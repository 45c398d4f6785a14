package org.resticmanager.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Invalid;

/** Asks a person who is signed in for their password once more. */
@ApplicationScoped
public class OwnPassword {

  @Inject private Passwords passwords;
  @Inject private SignInThrottle throttle;

  /**
   * Returns if it is the person's password.
   *
   * @throws Invalid if it is not
   * @throws Conflict if the person has none, because they come in by single sign-on
   * @throws TooManyTries after too many wrong ones; it was not looked at
   */
  void require(Account account, String password) {
    if (account.passwordHash().isEmpty()) {
      throw new Conflict(
          "has-no-password", "You come in by single sign-on, and have no password here.");
    }
    SignInThrottle.Attempt attempt =
        throttle.begin(account.name(), "", Optional.of(account.id().toString()));
    if (!passwords.matches(password, Optional.of(account))) {
      throw new Invalid("currentPassword", "is wrong");
    }
    throttle.succeeded(attempt);
  }
}
