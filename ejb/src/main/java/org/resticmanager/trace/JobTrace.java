package org.resticmanager.trace;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.resticmanager.job.JobDetails;
import org.resticmanager.job.JobId;
import org.resticmanager.protocol.wire.JobStatus;

/**
 * The trace of a job that has ended, as OTLP has it in JSON: a span of the job, and in it one of
 * its waiting and one of restic. All attempts of a job are one trace. Its identifiers are those of
 * the job, so whoever knows the job finds the trace, and one that is sent twice is the same.
 *
 * <p>Field names and values: OTLP 1.3,
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding.
 */
final class JobTrace {

  private static final int INTERNAL = 1;
  private static final int OK = 1;
  private static final int ERROR = 2;

  /** Told apart from the job's span by the last bits of the identifier. */
  private static final long JOB = 1;

  private static final long WAITING = 2;
  private static final long RESTIC = 3;

  private final JobDetails job;
  private final String version;

  private JobTrace(JobDetails job, String version) {
    this.job = job;
    this.version = version;
  }

  /**
   * Of one that has ended.
   *
   * @param version the product's
   */
  static JsonObject of(JobDetails job, String version) {
    return new JobTrace(job, version).json();
  }

  private JsonObject json() {
    return JSON.createObjectBuilder()
        .add(
            "resourceSpans",
            JSON.createArrayBuilder()
                .add(
                    JSON.createObjectBuilder()
                        .add("resource", attributes(text("service.name", "restic-manager")))
                        .add("scopeSpans", JSON.createArrayBuilder().add(scope()))))
        .build();
  }

  private JsonObjectBuilder scope() {
    JsonArrayBuilder spans = JSON.createArrayBuilder().add(whole());
    Instant end = end();
    Instant started = job.startedAt() == null ? end : job.startedAt();
    spans.add(part("waiting", WAITING, job.queuedAt(), started));
    if (job.startedAt() != null) {
      spans.add(part("restic", RESTIC, started, end));
    }
    return JSON.createObjectBuilder()
        .add("scope", JSON.createObjectBuilder().add("name", "job").add("version", version))
        .add("spans", spans);
  }

  private Instant end() {
    return job.finishedAt() == null ? job.queuedAt() : job.finishedAt();
  }

  private JsonObjectBuilder whole() {
    JsonArrayBuilder attributes =
        JSON.createArrayBuilder()
            .add(text("job.id", job.id().toString()))
            .add(text("job.kind", job.kind().wireName()))
            .add(text("job.status", job.status().wireName()))
            .add(number("job.attempt", job.attempt()))
            .add(text("host.id", job.host().toString()));
    if (job.sourceGroup() != null) {
      attributes.add(text("source_group", job.sourceGroup()));
    }
    if (job.exitCode() != null) {
      attributes.add(number("restic.exit_code", job.exitCode()));
    }
    JsonObjectBuilder status = JSON.createObjectBuilder();
    if (job.status() == JobStatus.FAILED) {
      status.add("code", ERROR);
      if (job.error() != null) {
        status.add("message", job.error());
      }
    } else if (job.status() == JobStatus.SUCCEEDED) {
      status.add("code", OK);
    }
    JsonObjectBuilder span =
        span(job.kind().wireName(), JOB, job.queuedAt(), end())
            .add("attributes", attributes)
            .add("status", status);
    return job.attempt() > 1 ? span.add("parentSpanId", spanId(job.first(), JOB)) : span;
  }

  private JsonObjectBuilder part(String name, long which, Instant from, Instant to) {
    return span(name, which, from, to).add("parentSpanId", spanId(job.id(), JOB));
  }

  private JsonObjectBuilder span(String name, long which, Instant from, Instant to) {
    return JSON.createObjectBuilder()
        .add("traceId", job.first().toString().replace("-", ""))
        .add("spanId", spanId(job.id(), which))
        .add("name", name)
        .add("kind", INTERNAL)
        .add("startTimeUnixNano", nanos(from))
        // the host's clock may be behind ours
        .add("endTimeUnixNano", nanos(to.isBefore(from) ? from : to));
  }

  /** The random half of the job's identifier, but for the last bits. */
  private static String spanId(JobId id, long which) {
    return "%016x".formatted((id.value().getLeastSignificantBits() & ~3) | which);
  }

  /** 64 bits are text in this kind of JSON. */
  private static String nanos(Instant moment) {
    return Long.toString(ChronoUnit.NANOS.between(Instant.EPOCH, moment));
  }

  private static JsonObjectBuilder attributes(JsonObjectBuilder one) {
    return JSON.createObjectBuilder().add("attributes", JSON.createArrayBuilder().add(one));
  }

  private static JsonObjectBuilder text(String key, String value) {
    return attribute(key, JSON.createObjectBuilder().add("stringValue", value));
  }

  private static JsonObjectBuilder number(String key, long value) {
    return attribute(key, JSON.createObjectBuilder().add("intValue", Long.toString(value)));
  }

  private static JsonObjectBuilder attribute(String key, JsonObjectBuilder value) {
    return JSON.createObjectBuilder().add("key", key).add("value", value);
  }
}
