package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import java.util.TreeMap;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;
import org.resticmanager.repository.CredentialEdit;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.Slot;
import org.resticmanager.repository.SlotDetails;

/** The form for the credentials of one slot. It shows which are set, never what they are. */
@Named
@RequestScoped
public class RepositoryCredentialsView {

  @Inject private Repositories repositories;
  @Inject private Wording wording;

  private final String id = Address.parameter("id");
  private final String slot = Address.parameter("slot");
  private RepositoryDetails repository;
  private String url;
  private String password;
  private String username;
  private String credential;
  private String environment;

  /** Shows the form, or that there is no such repository or slot. */
  public void open() {
    try {
      url = getRepository().slot(Slot.named(slot)).map(SlotDetails::url).orElse(null);
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  /** Saves, and leads to the repository. */
  public String save() {
    try {
      repositories.putCredentials(
          RepositoryId.parse(id),
          Slot.named(slot),
          new CredentialEdit(
              isAdmin() ? emptyIfNone(url) : null, password, username, credential, variables()));
      return "/repository.xhtml?faces-redirect=true&id=" + id;
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  /** The location is shown, so an empty one is meant. */
  private static String emptyIfNone(String text) {
    return text == null ? "" : text;
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    emptyIfNone(environment)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              if (equals < 1) {
                throw new Invalid("environment", "must have a name, '=' and a value on each line");
              }
              variables.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            });
    return variables;
  }

  /** The repository. */
  public RepositoryDetails getRepository() {
    if (repository == null) {
      repository = repositories.find(RepositoryId.parse(id));
    }
    return repository;
  }

  public boolean isAdmin() {
    return slot.equals(Slot.ADMIN.wireName());
  }

  /** Whether the slot is set already. */
  public boolean isPresent() {
    return getRepository().slot(Slot.named(slot)).isPresent();
  }

  /** What the page is called. */
  public String getTitle() {
    return wording.text("repository.credentials.title", wording.text("repository.slot." + slot));
  }

  /** What the slot is for. */
  public String getUse() {
    return wording.text("repository.slot." + slot + ".use");
  }

  public String getId() {
    return id;
  }

  public String getSlot() {
    return slot;
  }

  public String getUrl() {
    return url;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public String getUsername() {
    return username;
  }

  public void setUsername(String username) {
    this.username = username;
  }

  public String getCredential() {
    return credential;
  }

  public void setCredential(String credential) {
    this.credential = credential;
  }

  public String getEnvironment() {
    return environment;
  }

  public void setEnvironment(String environment) {
    this.environment = environment;
  }
}
