package org.resticmanager.web.api;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import java.util.Map;
import org.resticmanager.joblog.LogLine;

/** A line as {@link LogLineRepresentation} shows it, where lines come by the million. */
final class LogLineJson {

  /** Looked up once: the look-up costs more than a line. */
  private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

  private LogLineJson() {}

  /** On one line: control characters are escaped. */
  static String of(LogLine line) {
    return JSON.createObjectBuilder()
        .add("seq", line.seq())
        .add("time", line.time().toString())
        .add("stream", line.stream().wireName())
        .add("text", line.text())
        .build()
        .toString();
  }

  /** How a job stands at the end of its log. */
  static String end(String status) {
    return JSON.createObjectBuilder().add("status", status).build().toString();
  }
}
