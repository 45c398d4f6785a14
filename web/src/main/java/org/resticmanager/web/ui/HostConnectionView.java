package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Refusal;
import org.resticmanager.repository.Repositories;

/** Connects the host of the page to the repository that was chosen. */
@Named
@RequestScoped
public class HostConnectionView {

  @Inject private Repositories repositories;
  @Inject private RepositoryChoices choices;

  private final String host = Address.parameter("id");

  /** Connects, and shows the host as it is then. */
  public String connect() {
    try {
      repositories.connect(HostId.parse(host), choices.chosen());
      return "/host.xhtml?faces-redirect=true&id=" + host;
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }
}
