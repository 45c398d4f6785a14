package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;
import org.resticmanager.source.BlackoutWindows;
import org.resticmanager.source.Blackouts;

/** The form for the hours in which a host is left alone. */
@Named
@RequestScoped
public class BlackoutsView {

  @Inject private Blackouts blackouts;
  @Inject private FormHost host;

  private final Map<String, String> fields = new HashMap<>();

  /** Shows the form with what there is, or that there is no such host. */
  public void open() {
    try {
      BlackoutWindows now = blackouts.of(host.id());
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
          host.id(),
          BlackoutWindows.of(fields.get("zone"), WindowLines.read(fields.get("windows"))));
      return host.page();
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  /** The texts of the form by the ids of their fields. */
  public Map<String, String> getFields() {
    return fields;
  }
}
