package org.resticmanager.user;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import org.resticmanager.secret.Token;

/** The devices on which people have signed in before, by the token that each was given. */
@Stateless
@PermitAll
public class KnownDevices {

  @Inject private DeviceStore store;
  @Inject private Clock clock;

  /** Whether the person has signed in on this device. */
  public boolean knows(String device, UserId person) {
    return store.knows(Token.presented(device), person);
  }

  /**
   * The person has signed in on a device.
   *
   * @param device what it presented; a token that we did not give is not taken over
   * @return its token from now on
   */
  public Token remember(Optional<String> device, UserId person) {
    Token token =
        device.map(Token::presented).filter(store::gave).orElseGet(() -> Token.create("rmd"));
    store.remember(token, person, clock.instant());
    return token;
  }
}
