package org.resticmanager.job;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/**
 * Which jobs are looked for; what is empty does not matter.
 *
 * @param host where they run
 * @param kind the operation
 * @param status where they stand
 * @param from queued then or later
 * @param to queued before
 */
public record JobFilter(
    Optional<HostId> host,
    Optional<JobKind> kind,
    Optional<JobStatus> status,
    Optional<Instant> from,
    Optional<Instant> to) {

  /**
   * Reads a filter that came from outside; an empty text does not matter.
   *
   * @param host an identifier
   * @param kind a kind's wire name
   * @param status a status' wire name
   * @param from RFC 3339
   * @param to RFC 3339
   * @throws Invalid if a text is none of these
   */
  public static JobFilter parse(String host, String kind, String status, String from, String to) {
    return new JobFilter(
        given(host, "host", "is not the identifier of a host", HostId::parse),
        given(kind, "kind", "is not a kind of job", JobKind::named),
        given(status, "status", "is not a status of jobs", JobStatus::named),
        given(from, "from", "is not a time such as 2026-03-01T12:00:00Z", JobFilter::time),
        given(to, "to", "is not a time such as 2026-03-01T12:00:00Z", JobFilter::time));
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static <T> Optional<T> given(
      String text, String field, String reason, Function<String, T> reader) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException | DateTimeException | NotFound e) {
      throw new Invalid(field, reason);
    }
  }
}
