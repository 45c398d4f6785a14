package org.resticmanager.user;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.platform.Invalid;

/** Hashes passwords with PBKDF2 (HMAC-SHA-512), through Jakarta Security. */
@ApplicationScoped
class Passwords {

  /** OWASP's figure for this function (Password Storage Cheat Sheet, 2023). */
  private static final String ITERATIONS = "210000";

  private static final int MIN_LENGTH = 10;
  private static final int MAX_LENGTH = 200;

  @Inject private Pbkdf2PasswordHash pbkdf2;

  private String hashOfNobody;

  @PostConstruct
  void configure() {
    pbkdf2.initialize(
        Map.of(
            "Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA512",
            "Pbkdf2PasswordHash.Iterations", ITERATIONS,
            "Pbkdf2PasswordHash.SaltSizeBytes", "32",
            "Pbkdf2PasswordHash.KeySizeBytes", "32"));
    hashOfNobody = pbkdf2.generate("nobody has this password".toCharArray());
  }

  /**
   * @throws Invalid if the password is too short or too long
   */
  String hash(String password) {
    if (password == null || password.length() < MIN_LENGTH || password.length() > MAX_LENGTH) {
      throw new Invalid(
          "password", "must have between " + MIN_LENGTH + " and " + MAX_LENGTH + " characters");
    }
    return pbkdf2.generate(password.toCharArray());
  }

  /**
   * Takes as long for a person who does not exist, so that names cannot be guessed by the clock.
   */
  boolean matches(String password, Optional<Account> account) {
    String hash = account.flatMap(Account::passwordHash).orElse(hashOfNobody);
    String given = password == null || password.length() > MAX_LENGTH ? "" : password;
    return pbkdf2.verify(given.toCharArray(), hash)
        && account.flatMap(Account::passwordHash).isPresent();
  }
}
