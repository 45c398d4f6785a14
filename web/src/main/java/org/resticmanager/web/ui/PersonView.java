package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;
import org.resticmanager.user.ApiTokenDetails;
import org.resticmanager.user.ApiTokens;
import org.resticmanager.user.Invitation;
import org.resticmanager.user.People;
import org.resticmanager.user.PersonDetails;
import org.resticmanager.user.PersonEdit;
import org.resticmanager.user.Role;
import org.resticmanager.user.SecondFactors;
import org.resticmanager.user.TokenId;
import org.resticmanager.user.UserId;

/** One person: what they may do, and whether they may come in. For administrators. */
@Named
@RequestScoped
public class PersonView {

  @Inject private People people;
  @Inject private ApiTokens tokens;
  @Inject private SecondFactors secondFactors;
  @Inject private Wording wording;

  private final String id = Address.parameter("id");
  private PersonDetails person;
  private String role;
  private String hostTags;
  private Invitation invitation;

  /** Shows the page, or that there is no such person. */
  public void open() {
    try {
      getPerson();
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  /** Gives the person the role chosen, if there was a choice, for the hosts with the typed tags. */
  public String changeRights() {
    return done(
        () ->
            people.edit(
                UserId.parse(id),
                PersonEdit.rights(Role.named(getRole()), TypedTags.read("hostTags", hostTags)),
                before -> {}));
  }

  /** Lets nobody in by this account from now on. */
  public String disable() {
    return edit(PersonEdit.enabled(false));
  }

  /** Lets the person in again. */
  public String enable() {
    return edit(PersonEdit.enabled(true));
  }

  private String edit(PersonEdit edit) {
    return done(() -> people.edit(UserId.parse(id), edit, before -> {}));
  }

  /** Ends every sign-in of the person. */
  public String signOut() {
    return done(() -> people.signOut(UserId.parse(id)));
  }

  /** Lets the person, who has lost their app and recovery codes, come in without. */
  public String resetSecondFactor() {
    return done(() -> secondFactors.reset(UserId.parse(id)));
  }

  private String done(Runnable action) {
    try {
      action.run();
      return "/person.xhtml?faces-redirect=true&id=" + id;
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  /** The person's API tokens. */
  public List<ApiTokenDetails> getTokens() {
    return tokens.of(UserId.parse(id));
  }

  /** Revokes an API token of the person. */
  public String revoke(TokenId token) {
    return done(() -> tokens.revoke(token));
  }

  /** Makes a link by which the person chooses a new password, and shows it. */
  public void newLink() {
    try {
      invitation = people.newLink(UserId.parse(id));
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  /** Removes the person, and leads to the others. */
  public String remove() {
    try {
      people.remove(UserId.parse(id));
      return "/people.xhtml?faces-redirect=true";
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  /** The person. */
  public PersonDetails getPerson() {
    if (person == null) {
      person = people.find(UserId.parse(id));
    }
    return person;
  }

  public State getState() {
    return State.of(getPerson());
  }

  /** The key of the word for the person's role. */
  public String getRoleKey() {
    return RoleChoices.key(getPerson().role());
  }

  /** What may be chosen as role. */
  public List<SelectItem> getRoles() {
    return RoleChoices.of(wording);
  }

  /** The link just made; null if none was. */
  public Invitation getInvitation() {
    return invitation;
  }

  public String getId() {
    return id;
  }

  public String getRole() {
    return role == null ? getPerson().role().roleName() : role;
  }

  public void setRole(String role) {
    this.role = role;
  }

  /** As typed, or as they are; none for every host. */
  public String getHostTags() {
    return hostTags == null ? TypedTags.write(getPerson().hostTags()) : hostTags;
  }

  /** Null if the field was emptied. */
  public void setHostTags(String hostTags) {
    this.hostTags = Objects.requireNonNullElse(hostTags, "");
  }
}
