package org.resticmanager.user;

import java.time.Instant;
import org.resticmanager.audit.Facts;
import org.resticmanager.audit.Target;
import org.resticmanager.host.Tags;

/**
 * A person, for those who look after them.
 *
 * @param hostTags they see the hosts with one of them; none: every host
 * @param disabled nobody comes in by this account
 * @param comesInBy by what they come in
 * @param passwordSet false until the person has used their first set-up link
 * @param secondFactor whether they show a one-time code to come in
 * @param linkExpiresAt until when the newest set-up link is good; null if there is none
 * @param lastSeenAt of those sign-ins that have not ended; null if there is none
 */
public record PersonDetails(
    UserId id,
    String name,
    Role role,
    Tags hostTags,
    boolean disabled,
    ComesInBy comesInBy,
    boolean passwordSet,
    boolean secondFactor,
    Instant createdAt,
    Instant linkExpiresAt,
    Instant lastSeenAt) {

  /** Whether somebody else says who they are and what they may do: they have no password here. */
  public boolean ofProvider() {
    return comesInBy != ComesInBy.PASSWORD;
  }

  /** As what something is done to. */
  Target target() {
    return Target.of("person", id, name);
  }

  /** For the audit trail. */
  Facts facts() {
    return Facts.with("role", role.roleName())
        .and("hostTags", hostTags.names())
        .and("enabled", !disabled);
  }
}
