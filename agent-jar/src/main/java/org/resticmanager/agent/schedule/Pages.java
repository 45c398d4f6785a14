package org.resticmanager.agent.schedule;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.resticmanager.agent.config.PrivateFile;

/**
 * What stands in the book of schedules, as it lies on the disk.
 *
 * @param host whose schedules these are: another enrolment begins with an empty book
 * @param version of the list; -1 if there was none yet
 * @param schedules the list
 * @param fires those that are to be said, or said again, oldest first
 */
record Pages(String host, long version, List<KeptSchedule> schedules, List<Fire> fires) {

  static final long NONE = -1;

  Pages {
    schedules = List.copyOf(schedules);
    fires = List.copyOf(fires);
  }

  static Pages empty(String host) {
    return new Pages(host, NONE, List.of(), List.of());
  }

  Pages with(List<KeptSchedule> otherSchedules, List<Fire> otherFires) {
    return new Pages(host, version, otherSchedules, otherFires);
  }

  /**
   * Reads them; empty ones if there are none, or if they are damaged: the server says it all again.
   */
  static Pages read(Path file, String host) throws IOException {
    try (JsonReader reader =
        JSON.createReader(new StringReader(Files.readString(file, StandardCharsets.UTF_8)))) {
      JsonObject json = reader.readObject();
      return json.getString("host").equals(host)
          ? new Pages(
              host,
              json.getJsonNumber("version").longValueExact(),
              json.getJsonArray("schedules").getValuesAs(Pages::schedule),
              json.getJsonArray("fires").getValuesAs(Pages::fire))
          : empty(host);
    } catch (NoSuchFileException e) {
      return empty(host);
    } catch (JsonException
        | NullPointerException
        | ClassCastException
        | ArithmeticException
        | DateTimeException e) {
      return empty(host);
    }
  }

  private static KeptSchedule schedule(JsonObject json) {
    return new KeptSchedule(
        json.getString("id"),
        json.getString("cron"),
        json.getString("zone", ""),
        json.getBoolean("enabled"),
        Instant.parse(json.getString("after")),
        moment(json, "lastFired"));
  }

  private static Fire fire(JsonObject json) {
    return new Fire(
        json.getString("schedule"), Instant.parse(json.getString("at")), moment(json, "sentAt"));
  }

  private static Optional<Instant> moment(JsonObject json, String key) {
    return Optional.ofNullable(json.getString(key, null)).map(Instant::parse);
  }

  /** Replaces what is on the disk; when this returns it is there. */
  void write(Path file) throws IOException {
    JsonArrayBuilder scheduleList = JSON.createArrayBuilder();
    for (KeptSchedule schedule : schedules) {
      JsonObjectBuilder json =
          JSON.createObjectBuilder()
              .add("id", schedule.id())
              .add("cron", schedule.cron())
              .add("zone", schedule.zone())
              .add("enabled", schedule.enabled())
              .add("after", schedule.after().toString());
      schedule.lastFired().ifPresent(at -> json.add("lastFired", at.toString()));
      scheduleList.add(json);
    }
    JsonArrayBuilder fireList = JSON.createArrayBuilder();
    for (Fire fire : fires) {
      JsonObjectBuilder json =
          JSON.createObjectBuilder()
              .add("schedule", fire.scheduleId())
              .add("at", fire.scheduledAt().toString());
      fire.sentAt().ifPresent(at -> json.add("sentAt", at.toString()));
      fireList.add(json);
    }
    JsonObject all =
        JSON.createObjectBuilder()
            .add("host", host)
            .add("version", version)
            .add("schedules", scheduleList)
            .add("fires", fireList)
            .build();
    PrivateFile.write(file, all.toString().getBytes(StandardCharsets.UTF_8));
  }
}
