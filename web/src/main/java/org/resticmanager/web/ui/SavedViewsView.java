package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.resticmanager.platform.Refusal;
import org.resticmanager.savedview.SavedView;
import org.resticmanager.savedview.SavedViews;
import org.resticmanager.savedview.ViewQuery;

/** The views of the list of hosts that the person has saved, and the one that is shown now. */
@Named
@RequestScoped
public class SavedViewsView {

  @Inject private SavedViews views;
  @Inject private HostsView hosts;

  private List<SavedView> mine;
  private String name;

  private List<SavedView> mine() {
    if (mine == null) {
      mine = views.mine();
    }
    return mine;
  }

  private ViewQuery shown() {
    return hosts.query();
  }

  private Optional<SavedView> here() {
    return mine().stream().filter(view -> view.query().equals(shown())).findFirst();
  }

  /** The views, as links. */
  public List<Link> getLinks() {
    return mine().stream()
        .map(view -> new Link(view.name(), address(view.query()), view.query().equals(shown())))
        .toList();
  }

  /** The name of the view that is shown; empty if it is none of them. */
  public String getHere() {
    return here().map(SavedView::name).orElse("");
  }

  /** Whether what is shown could be saved: it is not the list as it always is, nor saved yet. */
  public boolean isUnsaved() {
    return !shown().text().isEmpty() && here().isEmpty();
  }

  /** Saves what is shown under the name that was typed. */
  public void save() {
    try {
      views.save(name, shown());
      showAgain();
    } catch (Refusal e) {
      Refusals.show(e);
    }
  }

  /** Removes the view that is shown; the list stays as it is. */
  public void remove() {
    try {
      here().map(SavedView::id).ifPresent(views::remove);
      showAgain();
    } catch (Refusal e) {
      showAgain(); // it has been removed meanwhile
    }
  }

  private void showAgain() {
    try {
      external().redirect(address(shown()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String address(ViewQuery query) {
    return external().getRequestContextPath() + "/hosts.xhtml?" + query.text();
  }

  private static ExternalContext external() {
    return FacesContext.getCurrentInstance().getExternalContext();
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /**
   * A saved view as a link.
   *
   * @param address of the list that it shows
   * @param here whether it is shown now
   */
  public record Link(String name, String address, boolean here) {}
}
