package org.resticmanager.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.resticmanager.job.JobDetails;
import org.resticmanager.protocol.wire.JobStatus;

/** Read with the messages that collectors are made of; a name that they do not know is an error. */
class JobTraceTest {

  private static final Instant QUEUED = Instant.parse("2026-11-26T03:00:00Z");
  private static final Instant STARTED = QUEUED.plusSeconds(5);
  private static final Instant FINISHED = QUEUED.plusSeconds(65);

  private static List<Span> spans(JobDetails job) {
    try {
      ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
      JsonFormat.parser().merge(JobTrace.of(job, "1.0").toString(), request);
      ResourceSpans all = request.getResourceSpans(0);
      assertThat(attributes(all.getResource().getAttributesList()))
          .containsEntry("service.name", "restic-manager");
      return all.getScopeSpans(0).getSpansList();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> attributes(List<KeyValue> list) {
    return list.stream().collect(Collectors.toMap(KeyValue::getKey, one -> words(one.getValue())));
  }

  private static String words(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }

  /** Identifiers are hexadecimal there, which the messages alone do not know. */
  private static JsonObject json(JobDetails job, int span) {
    return JobTrace.of(job, "1.0")
        .getJsonArray("resourceSpans")
        .getJsonObject(0)
        .getJsonArray("scopeSpans")
        .getJsonObject(0)
        .getJsonArray("spans")
        .getJsonObject(span);
  }

  @Test
  void jobHasASpanAndInItOneOfItsWaitingAndOneOfRestic() {
    List<Span> spans =
        spans(EndedJob.of(JobStatus.SUCCEEDED).at(QUEUED, STARTED, FINISHED).details());

    assertThat(spans).extracting(Span::getName).containsExactly("backup", "waiting", "restic");
    assertThat(spans)
        .extracting(span -> span.getEndTimeUnixNano() - span.getStartTimeUnixNano())
        .containsExactly(65_000_000_000L, 5_000_000_000L, 60_000_000_000L);
    assertThat(spans.get(1).getParentSpanId()).isEqualTo(spans.get(0).getSpanId());
    assertThat(spans.get(2).getParentSpanId()).isEqualTo(spans.get(0).getSpanId());
    assertThat(spans.get(0).getParentSpanId().isEmpty()).isTrue();
    assertThat(spans).extracting(Span::getSpanId).doesNotHaveDuplicates();
    assertThat(spans.get(0).getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_OK);
    assertThat(spans.get(0).getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
  }

  @Test
  void identifierOfTheTraceIsThatOfTheFirstAttempt() {
    JobDetails first = EndedJob.of(JobStatus.FAILED).at(QUEUED, STARTED, FINISHED).details();
    JobDetails second = EndedJob.of(JobStatus.SUCCEEDED).attemptAfter(first).details();

    assertThat(json(first, 0).getString("traceId"))
        .isEqualTo(first.id().toString().replace("-", ""));
    assertThat(json(second, 0).getString("traceId")).isEqualTo(json(first, 0).getString("traceId"));
    assertThat(json(second, 0).getString("parentSpanId"))
        .isEqualTo(json(first, 0).getString("spanId"))
        .matches("[0-9a-f]{16}");
  }

  @Test
  void failureIsSaidAsOnTheJobsPage() {
    JobDetails job =
        EndedJob.of(JobStatus.FAILED)
            .at(QUEUED, STARTED, FINISHED)
            .because(12, "wrong password \" \u0000\n<b>")
            .details();
    Span span = spans(job).get(0);

    assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(span.getStatus().getMessage()).isEqualTo("wrong password \" \u0000\n<b>");
    assertThat(attributes(span.getAttributesList()))
        .containsEntry("job.id", job.id().toString())
        .containsEntry("host.id", job.host().toString())
        .containsEntry("job.kind", "backup")
        .containsEntry("job.status", "failed")
        .containsEntry("job.attempt", "1")
        .containsEntry("source_group", "files")
        .containsEntry("restic.exit_code", "12");
  }

  @Test
  void jobThatWasCancelledBeforeItBeganHasOnlyWaited() {
    List<Span> spans = spans(EndedJob.of(JobStatus.CANCELLED).at(QUEUED, null, FINISHED).details());

    assertThat(spans).extracting(Span::getName).containsExactly("backup", "waiting");
    assertThat(spans.get(0).getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
  }

  @Test
  void hostWhoseClockIsBehindHasNoSpanThatEndsBeforeItBegins() {
    List<Span> spans =
        spans(
            EndedJob.of(JobStatus.SUCCEEDED)
                .at(QUEUED, QUEUED.minusSeconds(60), QUEUED.minusSeconds(30))
                .details());

    assertThat(spans).allMatch(span -> span.getEndTimeUnixNano() >= span.getStartTimeUnixNano());
  }
}
