package org.resticmanager.bandwidth;

import static java.util.Objects.requireNonNull;
import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.resticmanager.audit.Facts;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.Zones;
import org.resticmanager.source.BlackoutWindows.Window;

/**
 * The limits of a host.
 *
 * @param otherwise what holds outside of all windows
 * @param zone by whose clock the windows are; empty for that of the host
 * @param windows of two that hold at once the first counts
 */
public record BandwidthPlan(
    Bandwidth otherwise, Optional<ZoneId> zone, List<BandwidthWindow> windows) {

  /** No limits at any time. */
  public static final BandwidthPlan NONE =
      new BandwidthPlan(Bandwidth.UNLIMITED, Optional.empty(), List.of());

  private static final int MOST = 50;

  /**
   * @throws Invalid if there are too many windows
   */
  public BandwidthPlan {
    requireNonNull(otherwise);
    requireNonNull(zone);
    windows = List.copyOf(windows);
    if (windows.size() > MOST) {
      throw new Invalid("windows", "must not hold more than " + MOST);
    }
  }

  /**
   * The limits that hold at a moment.
   *
   * @param hostZone the zone of the host's clock
   */
  public Bandwidth at(Instant moment, ZoneId hostZone) {
    return windows.stream()
        .filter(window -> window.hours().holds(moment.atZone(zone.orElse(hostZone))))
        .findFirst()
        .map(BandwidthWindow::limits)
        .orElse(otherwise);
  }

  /** For the audit trail. */
  Facts facts() {
    return facts(Facts.none(), otherwise)
        .and("zone", zone)
        .and(
            "windows",
            windows.stream()
                .map(
                    window ->
                        facts(
                            Facts.with("days", window.hours().days())
                                .and("from", window.hours().from())
                                .and("to", window.hours().to()),
                            window.limits()))
                .toList());
  }

  private static Facts facts(Facts facts, Bandwidth limits) {
    return facts.and("uploadKib", limits.uploadKib()).and("downloadKib", limits.downloadKib());
  }

  String toColumn() {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    for (BandwidthWindow window : windows) {
      list.add(write(window.hours().toJson(), window.limits()));
    }
    return write(JSON.createObjectBuilder(), otherwise)
        .add("zone", zone.map(ZoneId::getId).orElse(""))
        .add("windows", list)
        .build()
        .toString();
  }

  private static JsonObjectBuilder write(JsonObjectBuilder json, Bandwidth limits) {
    return json.add("uploadKib", limits.uploadKib()).add("downloadKib", limits.downloadKib());
  }

  static BandwidthPlan fromColumn(String column) {
    try (var reader = JSON.createReader(new StringReader(column))) {
      JsonObject json = reader.readObject();
      return new BandwidthPlan(
          limits(json),
          Zones.optional(json.getString("zone")),
          json.getJsonArray("windows").getValuesAs(BandwidthPlan::window));
    }
  }

  private static Bandwidth limits(JsonObject json) {
    return new Bandwidth(
        json.getJsonNumber("uploadKib").longValue(), json.getJsonNumber("downloadKib").longValue());
  }

  private static BandwidthWindow window(JsonObject json) {
    return new BandwidthWindow(Window.fromJson(json), limits(json));
  }
}
