package org.resticmanager.agent.connection;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.resticmanager.agent.job.ProgressBoard;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.agent.spool.SpooledEvent;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * Sends over one connection what the spool holds and the server has not confirmed, in order, and
 * the running job's progress at most once a second. For one thread.
 */
final class EventSender {

  private static final int EVENTS_AT_A_TIME = 200;
  private static final Duration PROGRESS_PAUSE = Duration.ofSeconds(1);

  private final ControlPlaneSocket socket;
  private final Spool spool;
  private final ProgressBoard board;
  private final WireCodec codec;
  private final Clock clock;
  private final Predicate<JobId> held;
  private final Map<JobId, JobSpool.Unsent> unsent = new HashMap<>();
  private final Flight flight = new Flight();
  private final Sparingly complaints;
  private Instant progressSentAt = Instant.EPOCH;
  private String progressSentOf = "";

  /**
   * @param held whether a job's events must not be sent yet
   */
  EventSender(
      ControlPlaneSocket socket,
      Spool spool,
      ProgressBoard board,
      WireCodec codec,
      Clock clock,
      Predicate<JobId> held) {
    this.socket = socket;
    this.spool = spool;
    this.board = board;
    this.codec = codec;
    this.clock = clock;
    this.complaints = new Sparingly(System.getLogger(EventSender.class.getName()), clock);
    this.held = held;
  }

  /**
   * Sends some of what there is; less while a server that confirms has much to confirm.
   *
   * @param confirming whether the server will confirm; else what is sent is dropped
   * @param speaks whether the server has named these extensions
   * @return whether there may be more
   */
  boolean sendSome(boolean confirming, Predicate<Set<String>> speaks) throws IOException {
    List<JobSpool> jobs = spool.jobs();
    if (jobs.isEmpty() && unsent.isEmpty()) {
      return false; // as nearly always
    }
    Set<JobId> known = jobs.stream().map(JobSpool::id).collect(Collectors.toSet());
    unsent.keySet().retainAll(known);
    flight.retain(known);
    jobs.forEach(job -> flight.confirmed(job.id(), job.confirmedSeq()));
    sendProgress(speaks);
    boolean more = false;
    for (JobSpool job : jobs) {
      if (held.test(job.id())) {
        continue;
      }
      try {
        more |= sendSome(job, confirming, speaks);
      } catch (ClosedChannelException e) {
        // confirmed and deleted while we read it
        unsent.remove(job.id());
      }
    }
    return more;
  }

  private boolean sendSome(JobSpool job, boolean confirming, Predicate<Set<String>> speaks)
      throws IOException {
    JobSpool.Unsent events = unsent.computeIfAbsent(job.id(), id -> job.unsent());
    boolean together = speaks.test(Set.of(Feature.LOG_LINES));
    Lines lines = new Lines(socket, codec);
    for (int i = 0; i < EVENTS_AT_A_TIME; i++) {
      if (confirming && flight.full(clock.instant())) {
        lines.send();
        return false;
      }
      Optional<SpooledEvent> event = events.next();
      if (event.isEmpty()) {
        lines.send();
        if (i > 0 && !confirming) {
          events.drop();
        }
        return false;
      }
      Optional<String> needed = event.get().needs();
      if (needed.isPresent() && !speaks.test(Set.of(needed.get()))) {
        if (needed.get().equals(Feature.PARTS)) {
          complaints.warn("the server does not take lists of so many snapshots: one is not sent");
        }
        continue;
      }
      if (together && event.get().logLine()) {
        lines.add(event.get());
      } else {
        lines.send();
        socket.send(event.get().frame());
      }
      if (confirming) {
        flight.sent(job.id(), event.get());
      }
      if (event.get().end() && !confirming) {
        spool.confirmed(job.id(), 0, true);
        return false;
      }
    }
    lines.send();
    if (!confirming) {
      events.drop();
    }
    return true;
  }

  private void sendProgress(Predicate<Set<String>> speaks) throws IOException {
    Optional<JobProgress> progress = board.latest().filter(this::begunHere);
    if (progress.isPresent() && untilProgress().isZero()) {
      board.taken(progress.get());
      boolean spoken = speaks.test(progress.get().requires());
      socket.send(codec.encode(spoken ? progress.get() : progress.get().inBase()));
      progressSentAt = clock.instant();
      progressSentOf = progress.get().jobId();
    }
  }

  /** A job's progress must not come before its start. */
  private boolean begunHere(JobProgress progress) {
    JobSpool.Unsent events = unsent.get(new JobId(progress.jobId()));
    return events != null && events.begun();
  }

  /** How long to wait with the progress that there is; long if there is none. */
  Duration untilProgress() {
    Optional<JobProgress> latest = board.latest();
    if (latest.isEmpty()) {
      return PROGRESS_PAUSE.multipliedBy(3600);
    }
    if (!latest.get().jobId().equals(progressSentOf)) {
      return Duration.ZERO;
    }
    Duration passed = Duration.between(progressSentAt, clock.instant());
    return passed.compareTo(PROGRESS_PAUSE) >= 0 || passed.isNegative()
        ? Duration.ZERO
        : PROGRESS_PAUSE.minus(passed);
  }
}
