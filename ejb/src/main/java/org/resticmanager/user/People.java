package org.resticmanager.user;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.resticmanager.audit.Audit;
import org.resticmanager.audit.Facts;
import org.resticmanager.host.Tags;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.ControlPlaneSettings;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;
import org.resticmanager.secret.Token;

/**
 * The people, for administrators. What takes rights away from somebody ends their sign-ins, on
 * every node, by the time it returns.
 */
@Stateless
@PermitAll
public class People {

  private static final Duration LINK_LIFETIME = Duration.ofHours(24);

  @Inject private PersonStore store;
  @Inject private SignInStore signIns;
  @Inject private ControlPlaneSettings settings;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /**
   * The people by name.
   *
   * @param cursor where the last page ended; empty for the first page
   * @throws Invalid if the limit is out of range
   */
  @RolesAllowed("admin")
  public Page<PersonDetails> list(String cursor, int limit) {
    Page.requireLimit(limit);
    return Page.of(store.pageByName(cursor, limit + 1), limit, PersonDetails::name);
  }

  /**
   * One person.
   *
   * @throws NotFound if there is none with this id
   */
  @RolesAllowed("admin")
  public PersonDetails find(UserId id) {
    return store.details(id).orElseThrow(() -> unknown(id));
  }

  /**
   * Adds a person, who chooses their password by the link.
   *
   * @param hostTags they see the hosts with one of them; none: every host
   * @throws Conflict if the name is taken, however it is written
   * @throws Invalid if it is no name, or an administrator is to be limited to tags
   */
  @RolesAllowed("admin")
  public Invitation add(String name, Role role, Tags hostTags) {
    requireSensible(role, hostTags);
    Account person =
        new Account(
            new UserId(Ids.next()),
            Invalid.requireText(name, "name", Users.MAX_NAME),
            role,
            hostTags,
            Optional.empty(),
            false);
    if (!store.insert(person, clock.instant())) {
      throw new Conflict("name-taken", "There is somebody of this name already.");
    }
    PersonDetails added = find(person.id());
    audit.changed("person.added", added.target(), Facts.none(), added.facts());
    return invite(person.id());
  }

  /**
   * Makes a new set-up link, by which the person chooses a new password; one of before stops
   * working. The password of before is good until then.
   *
   * @throws NotFound if there is no such person
   * @throws Conflict if they come in by single sign-on
   */
  @RolesAllowed("admin")
  public Invitation newLink(UserId id) {
    locked(id);
    if (find(id).ofProvider()) {
      throw new Conflict("has-no-password", "This person comes in by single sign-on only.");
    }
    return invite(id);
  }

  private Invitation invite(UserId id) {
    Token token = Token.create("rml");
    Instant expiresAt = clock.instant().plus(LINK_LIFETIME);
    store.replaceLink(id, token, expiresAt);
    PersonDetails person = find(id);
    audit.done("person.link-made", person.target(), Facts.with("expiresAt", expiresAt));
    return new Invitation(
        person, settings.url() + "/set-password.xhtml#token=" + token.text(), expiresAt);
  }

  /**
   * Changes what a person may do and to which hosts, or whether they may come in at all. With
   * another role, or if they are disabled, their sign-ins end; disabling also takes a set-up link
   * away.
   *
   * @param check asked with the person as they stand before, whom nobody else changes meanwhile
   * @throws NotFound if there is no such person
   * @throws Invalid if an administrator would be limited to tags
   * @throws Conflict if nobody could look after the people any more
   */
  @RolesAllowed("admin")
  public PersonDetails edit(UserId id, PersonEdit edit, Consumer<PersonDetails> check) {
    List<UserId> admins = store.lockedAdmins();
    Account before = locked(id);
    PersonDetails seen = find(id);
    check.accept(seen);
    Role role = edit.role().orElse(before.role());
    if (seen.ofProvider() && role != before.role()) {
      throw new Conflict(
          "role-of-provider", "The groups of this person at the identity provider say their role.");
    }
    Tags hostTags = edit.hostTags().orElse(before.hostTags());
    requireSensible(role, hostTags);
    boolean disabled = edit.enabled().map(enabled -> !enabled).orElse(before.disabled());
    if (role != Role.ADMIN || disabled) {
      requireAnother(admins, id);
    }
    if (role != before.role() || !hostTags.equals(before.hostTags())) {
      store.setRights(id, role, hostTags);
    }
    if (disabled != before.disabled()) {
      store.setDisabled(id, disabled ? clock.instant() : null);
    }
    if (disabled) {
      store.deleteLink(id);
    }
    if (role != before.role() || disabled) {
      signIns.deleteAll(id);
    }
    PersonDetails now = find(id);
    audit.changed("person.changed", now.target(), seen.facts(), now.facts());
    return now;
  }

  /**
   * Removes a person, with their sign-ins and tokens. What they have done stays known by their
   * name.
   *
   * @throws NotFound if there is no such person
   * @throws Conflict if nobody could look after the people any more
   */
  @RolesAllowed("admin")
  public void remove(UserId id) {
    List<UserId> admins = store.lockedAdmins();
    locked(id);
    requireAnother(admins, id);
    PersonDetails person = find(id);
    signIns.deleteAll(id); // with the person they would go without a word
    store.delete(id);
    audit.changed("person.removed", person.target(), person.facts(), Facts.none());
  }

  /**
   * Ends every sign-in of a person.
   *
   * @throws NotFound if there is no such person
   */
  @RolesAllowed("admin")
  public void signOut(UserId id) {
    Account account = locked(id);
    signIns.deleteAll(id);
    audit.done("person.signed-out", account.caller().target(), Facts.none());
  }

  private static void requireSensible(Role role, Tags hostTags) {
    if (role == Role.ADMIN && !hostTags.names().isEmpty()) {
      throw new Invalid(
          "hostTags", "must be empty for an administrator: who looks after people sees every host");
    }
  }

  private static void requireAnother(List<UserId> admins, UserId id) {
    if (admins.equals(List.of(id))) {
      throw new Conflict(
          "last-admin",
          "This is the last administrator who can sign in. Make another one first, who has set a"
              + " password.");
    }
  }

  private Account locked(UserId id) {
    return store.locked(id).orElseThrow(() -> unknown(id));
  }

  private static NotFound unknown(UserId id) {
    return new NotFound("person", id.toString());
  }
}
