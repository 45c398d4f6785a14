package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.Objects;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.HostTags;
import org.resticmanager.host.Hosts;
import org.resticmanager.host.Tags;
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
      tags = String.join(" ", hostTags.of(HostId.parse(hostId)).names());
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  /** Saves, and leads to the host. */
  public String save() {
    try {
      hostTags.put(HostId.parse(hostId), given(), before -> {});
      return "/host.xhtml?faces-redirect=true&id=" + hostId;
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  private Tags given() {
    return Tags.of(
        Arrays.stream(Objects.requireNonNullElse(tags, "").split("[\\s,]+"))
            .filter(tag -> !tag.isEmpty())
            .toList());
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
