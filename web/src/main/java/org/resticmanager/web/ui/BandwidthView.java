package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.resticmanager.bandwidth.Bandwidth;
import org.resticmanager.bandwidth.BandwidthPlan;
import org.resticmanager.bandwidth.Bandwidths;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Refusal;
import org.resticmanager.platform.Zones;

/** The form for how much of its network a host gives to restic. */
@Named
@RequestScoped
public class BandwidthView {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

  @Inject private Bandwidths bandwidths;
  @Inject private FormHost host;

  private final Map<String, String> fields = new HashMap<>();

  /** Shows the form with what there is, or that there is no such host. */
  public void open() {
    try {
      BandwidthPlan now = bandwidths.of(host.id());
      fields.put("uploadKib", shown(now.otherwise().uploadKib()));
      fields.put("downloadKib", shown(now.otherwise().downloadKib()));
      fields.put("windows", BandwidthLines.write(now.windows()));
      fields.put("zone", now.zone().map(ZoneId::getId).orElse(""));
    } catch (NotFound e) {
      Refusals.answerNotFound();
    }
  }

  private static String shown(long kib) {
    return kib == 0 ? "" : String.valueOf(kib);
  }

  /** Saves, and leads to the host. */
  public String save() {
    try {
      bandwidths.put(
          host.id(),
          new BandwidthPlan(
              new Bandwidth(number("uploadKib"), number("downloadKib")),
              Zones.optional(fields.get("zone")),
              BandwidthLines.read(fields.get("windows"))),
          current -> {});
      return host.page();
    } catch (Refusal e) {
      Refusals.show(e);
      return null;
    }
  }

  private long number(String field) {
    String text = fields.get(field);
    if (text == null || text.isBlank()) {
      return 0;
    }
    if (!NUMBER.matcher(text.strip()).matches()) {
      throw new Invalid(field, "must be a whole number");
    }
    return Long.parseLong(text.strip());
  }

  /** The texts of the form by the ids of their fields. */
  public Map<String, String> getFields() {
    return fields;
  }
}
