package org.resticmanager.health;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.resticmanager.health.HostFacts.Expectation;
import org.resticmanager.health.HostFacts.Group;
import org.resticmanager.health.HostFacts.Success;
import org.resticmanager.host.HostId;

/**
 * Judges hosts at a moment. A source group is protected as long as the first time at which a
 * schedule of it fires after its last successful backup lies ahead, or is not long past: no fixed
 * age is too old, a monthly backup may be a month old.
 */
final class Judge {

  /** How long a backup that is due may take to succeed, beyond what its schedule spreads. */
  static final Duration GRACE = Duration.ofHours(1);

  /** So many fires without a success are no mishap. */
  static final int LONG = 3;

  /** A job may be queued a little before the agent's own clock says that it has fired. */
  private static final Duration SKEW = Duration.ofMinutes(2);

  private final Instant now;
  private final BiFunction<HostId, Instant, Instant> allowed;

  /**
   * @param allowed when something that is due on a host may begin, by its blackout windows
   */
  Judge(Instant now, BiFunction<HostId, Instant, Instant> allowed) {
    this.now = now;
    this.allowed = allowed;
  }

  /** What is most urgent of a host; of what is equally urgent that which began first. */
  Judgement judge(HostFacts host) {
    return Stream.concat(
            ofHost(host).stream(), host.groups().stream().map(group -> ofGroup(host, group)))
        .min(comparing(Judgement::reason).thenComparing(Judgement::since))
        .orElseThrow();
  }

  /** Present unless the source groups decide. */
  private static Optional<Judgement> ofHost(HostFacts host) {
    if (!host.seen()) {
      return Optional.of(Judgement.ofHost(Reason.NEVER_CONNECTED, host.enrolledAt()));
    }
    if (!host.restic()) {
      return Optional.of(Judgement.ofHost(Reason.NO_RESTIC, host.enrolledAt()));
    }
    if (!host.connected()) {
      return Optional.of(Judgement.ofHost(Reason.NO_REPOSITORY, host.enrolledAt()));
    }
    return host.groups().isEmpty()
        ? Optional.of(Judgement.ofHost(Reason.NOTHING_CHOSEN, host.enrolledAt()))
        : Optional.empty();
  }

  private Judgement ofGroup(HostFacts host, Group group) {
    Optional<String> name = Optional.of(group.name());
    if (group.failure().isPresent()) {
      return new Judgement(
          Reason.BACKUP_FAILED,
          name,
          group.failure().map(HostFacts.Failure::job),
          group.failure().get().finishedAt());
    }
    Optional<Judgement> late = group.running() ? Optional.empty() : late(host, group);
    if (late.isPresent()) {
      return late.get();
    }
    Optional<Success> success = group.success();
    Instant since = success.map(Success::finishedAt).orElse(group.createdAt());
    if (success.isPresent() && success.get().flagged()) {
      return new Judgement(Reason.BACKUP_FLAGGED, name, success.map(Success::job), since);
    }
    if (group.schedules().isEmpty()) {
      return new Judgement(Reason.NOT_SCHEDULED, name, Optional.empty(), since);
    }
    return new Judgement(
        success.isPresent() ? Reason.BACKED_UP : Reason.FIRST_BACKUP_AWAITED,
        name,
        success.map(Success::job),
        since);
  }

  private Optional<Judgement> late(HostFacts host, Group group) {
    return group.schedules().stream()
        .flatMap(expected -> late(host, group, expected).stream())
        .min(comparing(Judgement::reason).thenComparing(Judgement::since));
  }

  private Optional<Judgement> late(HostFacts host, Group group, Expectation expected) {
    ZoneId zone = expected.timing().clock(host.zone());
    ZonedDateTime from = from(group, expected).atZone(zone);
    List<ZonedDateTime> fires = expected.timing().cron().next(from, 1);
    if (fires.isEmpty() || !missed(host, expected, fires.get(0))) {
      return Optional.empty();
    }
    fires = expected.timing().cron().next(from, LONG);
    boolean forLong = fires.size() == LONG && missed(host, expected, fires.get(LONG - 1));
    return Optional.of(
        new Judgement(
            forLong ? Reason.BACKUPS_MISSING : Reason.BACKUP_OVERDUE,
            Optional.of(group.name()),
            Optional.empty(),
            fires.get(0).toInstant()));
  }

  /** What fires after this should have led to a backup. */
  private static Instant from(Group group, Expectation expected) {
    return Stream.concat(
            Stream.of(group.createdAt(), expected.since()),
            group.success().stream()
                .flatMap(done -> Stream.of(done.queuedAt().plus(SKEW), done.finishedAt())))
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private boolean missed(HostFacts host, Expectation expected, ZonedDateTime fire) {
    Duration patience = GRACE.plusSeconds(expected.timing().jitterSeconds());
    // most are not: windows are asked for only then
    return fire.toInstant().plus(patience).isBefore(now)
        && allowed.apply(host.host(), fire.toInstant()).plus(patience).isBefore(now);
  }
}
