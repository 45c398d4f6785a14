package org.resticmanager.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
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
   * @throws TooManyTries after too many wrong ones; it was not looked at
   */
  void require(Account account, String password) {
    SignInThrottle.Attempt attempt =
        throttle.begin(account.name(), "", Optional.of(account.id().toString()));
    if (!passwords.matches(password, Optional.of(account))) {
      throw new Invalid("currentPassword", "is wrong");
    }
    throttle.succeeded(attempt);
  }
}
