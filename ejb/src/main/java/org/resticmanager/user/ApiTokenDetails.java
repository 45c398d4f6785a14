package org.resticmanager.user;

import java.time.Instant;
import org.resticmanager.audit.Facts;
import org.resticmanager.host.Sight;
import org.resticmanager.host.Tags;

/**
 * An API token, without its secret.
 *
 * @param person whose it is
 * @param label what it is for
 * @param scope what it may do at most
 * @param hostTags it sees the hosts with one of them, of those that its person sees; none: all of
 *     those
 * @param expiresAt after this moment it is refused
 * @param lastUsedAt to the minute; null if never
 */
public record ApiTokenDetails(
    TokenId id,
    Caller person,
    String label,
    Scope scope,
    Tags hostTags,
    Instant createdAt,
    Instant expiresAt,
    Instant lastUsedAt) {

  /** Which hosts it sees: no more than its person sees now. */
  Sight sight() {
    return Sight.within(person.hostTags(), hostTags);
  }

  /** For the audit trail. */
  Facts facts() {
    return Facts.with("label", label)
        .and("scope", scope.scopeName())
        .and("hostTags", hostTags.names())
        .and("expiresAt", expiresAt);
  }
}
