package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;

/** The host that the address of a form names: what is edited is part of it. */
@Named
@RequestScoped
public class FormHost {

  @Inject private Hosts hosts;

  private final String parameter = Address.parameter("host");
  private HostDetails details;

  /**
   * Which host.
   *
   * @throws org.resticmanager.platform.NotFound if the address names none
   */
  HostId id() {
    return HostId.parse(parameter);
  }

  /**
   * The host.
   *
   * @throws org.resticmanager.platform.NotFound if there is none
   */
  public HostDetails getDetails() {
    if (details == null) {
      details = hosts.find(id());
    }
    return details;
  }

  /** As the address has it. */
  public String getId() {
    return parameter;
  }

  /** Where who is done with the form is led. */
  String page() {
    return "/host.xhtml?faces-redirect=true&id=" + parameter;
  }
}
