package org.resticmanager.user;

import java.time.Instant;
import org.resticmanager.audit.Facts;

/**
 * An API token, without its secret.
 *
 * @param person whose it is
 * @param label what it is for
 * @param scope what it may do at most
 * @param expiresAt after this moment it is refused
 * @param lastUsedAt to the minute; null if never
 */
public record ApiTokenDetails(
    TokenId id,
    Caller person,
    String label,
    Scope scope,
    Instant createdAt,
    Instant expiresAt,
    Instant lastUsedAt) {

  /** For the audit trail. */
  Facts facts() {
    return Facts.with("label", label).and("scope", scope.scopeName()).and("expiresAt", expiresAt);
  }
}
