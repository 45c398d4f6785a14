package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.HostTags;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;

/** The form for the tags of a host. */
@Named
@RequestScoped
public class HostTagsView {

  @Inject private HostTags hostTags;
  @Inject private Hosts hosts;

  private final String hostId = Address.parameter("host");
  private HostDetails host;
  private String tags;

  /** Shows the form with what there is, or that there is no such host. */
  public void open() {
    try {
      tags = TypedTags.write(hostTags.of(HostId.parse(hostId)));
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  /** Saves, and leads to the host. */
  public String save() {
    try {
      hostTags.put(HostId.parse(hostId), TypedTags.read("tags", tags), before -> {});
      return "/host.xhtml?faces-redirect=true&id=" + hostId;
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  /** The host. */
  public HostDetails getHost() {
    if (host == null) {
      host = hosts.find(HostId.parse(hostId));
    }
    return host;
  }

  public String getHostId() {
    return hostId;
  }

  public String getTags() {
    return tags;
  }

  public void setTags(String tags) {
    this.tags = tags;
  }
}
