package org.resticmanager.user;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A provider says that somebody has signed out there: of one session, or of all.
 *
 * @param issuer the provider
 * @param id by which it is known if it is told again
 * @param subject who; empty if only the session is named
 * @param session which session of theirs; empty for all
 * @param expiresAt until when it would be believed if it were told again
 */
public record ProviderLogout(
    String issuer,
    String id,
    Optional<String> subject,
    Optional<String> session,
    Instant expiresAt) {

  public ProviderLogout {
    requireNonNull(issuer);
    requireNonNull(id);
    requireNonNull(expiresAt);
    if (subject.isEmpty() && session.isEmpty()) {
      throw new IllegalArgumentException("it names nobody");
    }
  }
}
