package org.resticmanager.web.api;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import org.resticmanager.joblog.LogLine;

/** A line as {@link LogLineRepresentation} shows it, where lines come by the million. */
final class LogLineJson {

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
