package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.platform.Conflict;
import org.resticmanager.platform.Page;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.repository.RepositoryId;

/** The repositories that a host can be connected to, and the one that was chosen. */
@Named
@RequestScoped
public class RepositoryChoices {

  private static final int PAGE_SIZE = 500;

  @Inject private Repositories repositories;
  @Inject private Wording wording;

  private final String chosen = Address.parameter("repository");
  private List<JobsView.Choice> all;
  private boolean asked;

  /** Has the dialog show them: a page that nobody asks for them does without. */
  public void ask() {
    asked = true;
  }

  public boolean isAsked() {
    return asked;
  }

  /** All by name. */
  public List<JobsView.Choice> getAll() {
    if (all == null) {
      all = new ArrayList<>();
      String cursor = "";
      while (cursor != null) {
        Page<RepositoryDetails> page = repositories.list(cursor, PAGE_SIZE);
        page.items().forEach(repository -> all.add(choice(repository)));
        cursor = page.nextCursor().orElse(null);
      }
    }
    return all;
  }

  private JobsView.Choice choice(RepositoryDetails repository) {
    String id = repository.id().toString();
    return new JobsView.Choice(id, wording.visible(repository.name()), id.equals(chosen));
  }

  /**
   * The one that the form names.
   *
   * @throws Conflict if it names none
   */
  RepositoryId chosen() {
    if (chosen.isEmpty()) {
      throw new Conflict("no-repository-chosen", "Choose a repository first.");
    }
    return RepositoryId.parse(chosen);
  }
}
