package org.resticmanager.conformance.server;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.protocol.wire.Feature;

/**
 * What the played agent says first. Written by hand, because an agent of the base protocol leaves
 * out keys that a codec of ours would write.
 *
 * @param protocolVersion as it is sent
 * @param features what is named; empty leaves the key out
 * @param jobs what is said to be held, status and highest line by job id
 */
record Greeting(int protocolVersion, Optional<List<String>> features, Map<String, Held> jobs) {

  static final int PROTOCOL_VERSION = 1;

  /** What the kit, as an agent, knows to do. */
  private static final List<String> SPOKEN = List.of(Feature.ACK, Feature.RESUME, Feature.PARTS);

  /** A job that we say we hold. */
  record Held(String status, long lastSeq) {}

  /** An agent that knows the base protocol only. */
  static Greeting base() {
    return new Greeting(PROTOCOL_VERSION, Optional.empty(), Map.of());
  }

  /** An agent that speaks extensions. */
  static Greeting full() {
    return speaking(SPOKEN);
  }

  static Greeting speaking(List<String> features) {
    return new Greeting(PROTOCOL_VERSION, Optional.of(features), Map.of());
  }

  Greeting ofVersion(int version) {
    return new Greeting(version, features, jobs);
  }

  Greeting holding(String jobId, String status, long lastSeq) {
    Map<String, Held> more = new LinkedHashMap<>(jobs);
    more.put(jobId, new Held(status, lastSeq));
    return new Greeting(protocolVersion, features, more);
  }

  boolean resumes() {
    return features.filter(names -> names.contains(Feature.RESUME)).isPresent();
  }

  /** The names, for telling what both sides have named. */
  Set<String> named() {
    return Set.copyOf(features.orElse(List.of()));
  }

  JsonObjectBuilder payload() {
    JsonObjectBuilder payload =
        Json.createObjectBuilder()
            .add("protocol_version", protocolVersion)
            .add("agent_version", "conformance")
            .add("restic_version", "0.18.0")
            .add("hostname", "conformance")
            .add("os", "linux")
            .add("arch", "amd64")
            .add("boot_time", "2026-01-01T00:00:00Z");
    features.ifPresent(names -> payload.add("features", Json.createArrayBuilder(names)));
    if (resumes()) {
      JsonArrayBuilder held = Json.createArrayBuilder();
      jobs.forEach(
          (id, job) ->
              held.add(
                  Json.createObjectBuilder()
                      .add("job_id", id)
                      .add("status", job.status())
                      .add("last_seq", job.lastSeq())));
      payload.add("jobs", held);
    }
    return payload;
  }

  JsonObject frame() {
    return Json.createObjectBuilder().add("type", "hello").add("payload", payload()).build();
  }
}
