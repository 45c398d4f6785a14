package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.resticmanager.host.HostDetails;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;
import org.resticmanager.source.BlackoutWindows;
import org.resticmanager.source.Blackouts;

/** The form for the hours in which a host is left alone. */
@Named
@RequestScoped
public class BlackoutsView {

  @Inject private Blackouts blackouts;
  @Inject private Hosts hosts;

  private final String hostId = Address.parameter("host");
  private final Map<String, String> fields = new HashMap<>();
  private HostDetails host;

  /** Shows the form with what there is, or that there is no such host. */
  public void open() {
    try {
      BlackoutWindows now = blackouts.of(HostId.parse(hostId));
      fields.put("windows", WindowLines.write(now.windows()));
      fields.put("zone", now.zone().map(ZoneId::getId).orElse(""));
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  /** Saves, and leads to the host. */
  public String save() {
    try {
      blackouts.put(
          HostId.parse(hostId),
          BlackoutWindows.of(fields.get("zone"), WindowLines.read(fields.get("windows"))));
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

  /** The texts of the form by the ids of their fields. */
  public Map<String, String> getFields() {
    return fields;
  }
}
