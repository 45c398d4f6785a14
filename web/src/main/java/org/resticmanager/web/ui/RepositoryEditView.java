package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryEdit;
import org.resticmanager.repository.RepositoryId;

/** The form for a new repository, or for one whose id the address names. */
@Named
@RequestScoped
public class RepositoryEditView {

  @Inject private Repositories repositories;
  @Inject private Wording wording;

  private final String id = Address.parameter("id");
  private String name;
  private String url;
  private String password;
  private String username;
  private String credential;
  private String seen;

  /** Shows the form with what there is, or that there is no such repository. */
  public void open() {
    if (isCreating()) {
      return;
    }
    try {
      show(repositories.find(RepositoryId.parse(id)));
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  private void show(RepositoryDetails repository) {
    name = repository.name();
    url = repository.url();
    seen = Seen.of(edited(repository));
  }

  /** Saves, and leads to the repository. */
  public String save() {
    try {
      RepositoryDetails saved = isCreating() ? create() : edit();
      return "/repository.xhtml?faces-redirect=true&id=" + saved.id();
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  private RepositoryDetails create() {
    return repositories.create(new NewRepository(name, url, password, username, credential));
  }

  private RepositoryDetails edit() {
    return repositories.edit(
        RepositoryId.parse(id),
        new RepositoryEdit(name, url),
        now -> Seen.require(seen, edited(now), wording));
  }

  /** What the form changes, and no more: sizes and times change by themselves. */
  private static Optional<RepositoryEdit> edited(RepositoryDetails repository) {
    return Optional.of(new RepositoryEdit(repository.name(), repository.url()));
  }

  public boolean isCreating() {
    return id.isEmpty();
  }

  /** What the page is called. */
  public String getTitle() {
    return wording.text(isCreating() ? "repositories.add" : "repository.edit.title");
  }

  public String getId() {
    return id;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
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

  public String getSeen() {
    return seen;
  }

  public void setSeen(String seen) {
    this.seen = seen;
  }
}
