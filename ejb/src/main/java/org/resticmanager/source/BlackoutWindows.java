package org.resticmanager.source;

import static java.util.Objects.requireNonNull;
import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.audit.Facts;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.Zones;

/**
 * The hours of the week in which nothing is begun by itself on a host.
 *
 * @param zone by whose clock; empty for that of the host
 * @param windows the hours; none for no restriction
 */
public record BlackoutWindows(Optional<ZoneId> zone, List<Window> windows) {

  private static final int MOST = 50;
  private static final int DAYS_OF_A_WEEK = 7;
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Instant MONDAY = Instant.parse("2024-01-01T00:00:00Z");

  /** No restriction. */
  public static final BlackoutWindows NONE = new BlackoutWindows(Optional.empty(), List.of());

  /**
   * @throws Invalid if they leave no time at all
   */
  public BlackoutWindows {
    requireNonNull(zone);
    windows = List.copyOf(windows);
    if (windows.size() > MOST) {
      throw new Invalid("windows", "must not hold more than " + MOST);
    }
    if (!windows.isEmpty() && afterAll(windows, MONDAY, UTC).isEmpty()) {
      throw new Invalid("windows", "leave no time at all");
    }
  }

  /**
   * As people write them.
   *
   * @param zone null or empty for the host's own
   * @throws Invalid if the zone is none, or they leave no time at all
   */
  public static BlackoutWindows of(String zone, List<Window> windows) {
    return new BlackoutWindows(Zones.optional(zone), windows);
  }

  /**
   * One window.
   *
   * @param days on which it begins
   * @param from when it begins
   * @param to when it ends; on the next day if that is not later
   */
  public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

    /**
     * @throws Invalid if there is no day
     */
    public Window {
      if (days == null || days.isEmpty()) {
        throw new Invalid("windows", "must name the days of each window");
      }
      if (from == null || to == null) {
        throw new Invalid("windows", "must say from when to when, as in '08:00' and '18:00'");
      }
      days = EnumSet.copyOf(days);
    }

    /** As a column holds it. */
    public JsonObjectBuilder toJson() {
      return JSON.createObjectBuilder()
          .add("days", JSON.createArrayBuilder(days.stream().map(Enum::name).toList()))
          .add("from", from.toString())
          .add("to", to.toString());
    }

    /** The window again. */
    public static Window fromJson(JsonObject json) {
      EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
      json.getJsonArray("days")
          .getValuesAs(JsonString::getString)
          .forEach(day -> days.add(DayOfWeek.valueOf(day)));
      return new Window(
          days, LocalTime.parse(json.getString("from")), LocalTime.parse(json.getString("to")));
    }

    /** Whether a moment lies in it, by the clock of the moment's zone. */
    public boolean holds(ZonedDateTime moment) {
      return endAround(moment).isPresent();
    }

    /** The end of the window in which a moment lies; empty if it lies in none. */
    private Optional<ZonedDateTime> endAround(ZonedDateTime moment) {
      for (LocalDate day : List.of(moment.toLocalDate().minusDays(1), moment.toLocalDate())) {
        ZonedDateTime begin = day.atTime(from).atZone(moment.getZone());
        ZonedDateTime end =
            (to.isAfter(from) ? day : day.plusDays(1)).atTime(to).atZone(moment.getZone());
        if (days.contains(day.getDayOfWeek()) && !moment.isBefore(begin) && moment.isBefore(end)) {
          return Optional.of(end);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * The first moment from this one on that lies in no window.
   *
   * @param hostZone the zone of the host's clock
   */
  public Instant allowed(Instant from, ZoneId hostZone) {
    return afterAll(windows, from, zone.orElse(hostZone)).orElse(from);
  }

  private static Optional<Instant> afterAll(List<Window> windows, Instant from, ZoneId zone) {
    ZonedDateTime moment = from.atZone(zone);
    ZonedDateTime limit = moment.plusDays(DAYS_OF_A_WEEK);
    Optional<ZonedDateTime> end = endAround(windows, moment);
    while (end.isPresent()) {
      moment = end.get();
      if (moment.isAfter(limit)) {
        return Optional.empty();
      }
      end = endAround(windows, moment);
    }
    return Optional.of(moment.toInstant());
  }

  private static Optional<ZonedDateTime> endAround(List<Window> windows, ZonedDateTime moment) {
    return windows.stream()
        .flatMap(window -> window.endAround(moment).stream())
        .max(ZonedDateTime::compareTo);
  }

  /** For the audit trail. */
  Facts facts() {
    return Facts.with("zone", zone)
        .and(
            "windows",
            windows.stream()
                .map(
                    window ->
                        Facts.with("days", window.days())
                            .and("from", window.from())
                            .and("to", window.to()))
                .toList());
  }

  /** The windows as a column holds them. */
  String toColumn() {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    for (Window window : windows) {
      list.add(window.toJson());
    }
    return list.build().toString();
  }

  static List<Window> fromColumn(String json) {
    try (var reader = JSON.createReader(new StringReader(json))) {
      return reader.readArray().getValuesAs(Window::fromJson);
    }
  }
}
