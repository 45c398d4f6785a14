package org.resticmanager.bandwidth;

import static java.util.Objects.requireNonNull;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.resticmanager.platform.Invalid;

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
   * The zone that people name.
   *
   * @param zone null or empty for the host's own
   * @throws Invalid if it is none
   */
  public static Optional<ZoneId> zoneNamed(String zone) {
    try {
      return zone == null || zone.isBlank()
          ? Optional.empty()
          : Optional.of(ZoneId.of(zone.strip()));
    } catch (DateTimeException e) {
      throw new Invalid("zone", "must be a time zone, as in 'Europe/Berlin'");
    }
  }

  /**
   * The limits that hold at a moment.
   *
   * @param hostZone the zone of the host's clock
   */
  public Bandwidth at(Instant moment, ZoneId hostZone) {
    return windows.stream()
        .filter(window -> window.holds(moment.atZone(zone.orElse(hostZone))))
        .findFirst()
        .map(BandwidthWindow::limits)
        .orElse(otherwise);
  }

  String toColumn() {
    JsonArrayBuilder list = Json.createArrayBuilder();
    for (BandwidthWindow window : windows) {
      list.add(
          write(window.limits())
              .add("days", Json.createArrayBuilder(window.days().stream().map(Enum::name).toList()))
              .add("from", window.from().toString())
              .add("to", window.to().toString()));
    }
    return write(otherwise)
        .add("zone", zone.map(ZoneId::getId).orElse(""))
        .add("windows", list)
        .build()
        .toString();
  }

  private static JsonObjectBuilder write(Bandwidth limits) {
    return Json.createObjectBuilder()
        .add("uploadKib", limits.uploadKib())
        .add("downloadKib", limits.downloadKib());
  }

  static BandwidthPlan fromColumn(String column) {
    try (var reader = Json.createReader(new StringReader(column))) {
      JsonObject json = reader.readObject();
      return new BandwidthPlan(
          limits(json),
          zoneNamed(json.getString("zone")),
          json.getJsonArray("windows").getValuesAs(BandwidthPlan::window));
    }
  }

  private static Bandwidth limits(JsonObject json) {
    return new Bandwidth(
        json.getJsonNumber("uploadKib").longValue(), json.getJsonNumber("downloadKib").longValue());
  }

  private static BandwidthWindow window(JsonObject json) {
    EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    json.getJsonArray("days")
        .getValuesAs(JsonString::getString)
        .forEach(day -> days.add(DayOfWeek.valueOf(day)));
    return new BandwidthWindow(
        days,
        LocalTime.parse(json.getString("from")),
        LocalTime.parse(json.getString("to")),
        limits(json));
  }
}
