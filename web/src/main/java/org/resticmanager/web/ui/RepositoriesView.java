package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.resticmanager.platform.Page;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryDetails;

/** The repositories by name, a page of them at a time. */
@Named
@RequestScoped
public class RepositoriesView {

  private static final int PAGE_SIZE = 50;

  @Inject private Repositories repositories;
  @Inject private LiveRegions live;

  private final String after = Address.parameter("after");
  private Page<RepositoryDetails> page;

  /** Shows the page. */
  public void open() {
    live.shows("repositories", getRows());
  }

  /** Shows what has changed. */
  public void refresh() {
    live.refresh("repositories", getRows());
    live.answer();
  }

  private Page<RepositoryDetails> page() {
    if (page == null) {
      page = repositories.list(after, PAGE_SIZE);
    }
    return page;
  }

  /** The repositories of this page. */
  public List<RepositoryRow> getRows() {
    return page().items().stream()
        .map(repository -> new RepositoryRow(repository, State.of(repository)))
        .toList();
  }

  /** The last name of this page if more repositories follow, else null. */
  public String getNext() {
    return page().nextCursor().orElse(null);
  }

  /** The last name of the page before; empty on the first. */
  public String getAfter() {
    return after;
  }

  /**
   * A repository as a line of the list.
   *
   * @param repository the repository
   * @param state for the badge
   */
  public record RepositoryRow(RepositoryDetails repository, State state) {}
}
