package org.resticmanager.web.api;

import java.time.Instant;
import java.util.List;
import org.resticmanager.user.PersonDetails;

/**
 * A person.
 *
 * @param id the person
 * @param name with which they sign in
 * @param role what they may do
 * @param hostTags they see the hosts with one of them; none: every host
 * @param enabled whether they may come in
 * @param passwordSet false until they have used their first set-up link
 * @param secondFactor whether they show a one-time code to come in
 * @param createdAt when they were added
 * @param linkExpiresAt until when their newest set-up link is good; absent if there is none
 * @param lastSeenAt of those of their sign-ins that have not ended; absent if there is none
 */
public record PersonRepresentation(
    String id,
    String name,
    String role,
    List<String> hostTags,
    boolean enabled,
    boolean passwordSet,
    boolean secondFactor,
    Instant createdAt,
    Instant linkExpiresAt,
    Instant lastSeenAt)
    implements Editable {

  static PersonRepresentation of(PersonDetails person) {
    return new PersonRepresentation(
        person.id().toString(),
        person.name(),
        person.role().roleName(),
        person.hostTags().names(),
        !person.disabled(),
        person.passwordSet(),
        person.secondFactor(),
        person.createdAt(),
        person.linkExpiresAt(),
        person.lastSeenAt());
  }

  @Override
  public List<Object> editable() {
    return List.of(id, role, hostTags, enabled);
  }
}
