package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.resticmanager.platform.Page;
import org.resticmanager.platform.Refusal;
import org.resticmanager.user.Invitation;
import org.resticmanager.user.People;
import org.resticmanager.user.PersonDetails;
import org.resticmanager.user.Role;

/** The people by name, a page of them at a time, and the way to add one. For administrators. */
@Named
@RequestScoped
public class PeopleView {

  private static final int PAGE_SIZE = 50;

  @Inject private People people;
  @Inject private Wording wording;

  private final String after = Address.parameter("after");
  private Page<PersonDetails> page;
  private String name;
  private String role = Role.VIEWER.roleName();
  private String hostTags;
  private Invitation invitation;

  /** Adds the person, and shows the link to hand to them. */
  public void add() {
    try {
      invitation = people.add(name, Role.named(role), TypedTags.read("hostTags", hostTags));
      page = null;
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  private Page<PersonDetails> page() {
    if (page == null) {
      page = people.list(after, PAGE_SIZE);
    }
    return page;
  }

  /** The people of this page. */
  public List<PersonRow> getRows() {
    return page().items().stream()
        .map(person -> new PersonRow(person, State.of(person), RoleChoices.key(person.role())))
        .toList();
  }

  /** The last name of this page if more people follow, else null. */
  public String getNext() {
    return page().nextCursor().orElse(null);
  }

  /** The last name of the page before; empty on the first. */
  public String getAfter() {
    return after;
  }

  /** What may be chosen as role. */
  public List<SelectItem> getRoles() {
    return RoleChoices.of(wording);
  }

  /** The link of the person just added; null if nobody was. */
  public Invitation getInvitation() {
    return invitation;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getRole() {
    return role;
  }

  public void setRole(String role) {
    this.role = role;
  }

  public String getHostTags() {
    return hostTags;
  }

  public void setHostTags(String hostTags) {
    this.hostTags = hostTags;
  }

  /**
   * A person as a line of the list.
   *
   * @param person the person
   * @param state for the badge
   * @param roleKey of the word for the role
   */
  public record PersonRow(PersonDetails person, State state, String roleKey) {}
}
