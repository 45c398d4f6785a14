package org.resticmanager.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.resticmanager.health.HostFacts.Expectation;
import org.resticmanager.health.HostFacts.Failure;
import org.resticmanager.health.HostFacts.Group;
import org.resticmanager.health.HostFacts.Success;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobId;
import org.resticmanager.source.Cron;
import org.resticmanager.source.Timing;

/** Hosts as they are on the morning of November 26, 2026, a Thursday. */
class JudgeTest {

  private static final Instant NOW = Instant.parse("2026-11-26T07:30:00Z");
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
  private static final String NIGHTLY = "0 3 * * *";
  private static final JobId JOB = new JobId(new UUID(1, 1));

  private final Judge judge = new Judge(NOW, (host, from) -> from);

  private static HostFacts host(Group... groups) {
    return new HostFacts(
        new HostId(new UUID(0, 1)), LONG_AGO, true, true, true, ZoneId.of("UTC"), List.of(groups));
  }

  private static Group group(Optional<Success> success, String... crons) {
    return group(success, Optional.empty(), crons);
  }

  private static Group group(
      Optional<Success> success, Optional<Failure> failure, String... crons) {
    return new Group(
        "files",
        LONG_AGO,
        false,
        success,
        failure,
        List.of(crons).stream().map(JudgeTest::schedule).toList());
  }

  private static Expectation schedule(String cron) {
    return new Expectation(Timing.of(new Cron(cron), "", 0), LONG_AGO);
  }

  private static Optional<Success> success(String queued) {
    Instant at = Instant.parse(queued);
    return Optional.of(new Success(JOB, at, at.plusSeconds(60), false));
  }

  private Reason reason(HostFacts host) {
    return judge.judge(host).reason();
  }

  @Test
  void hostIsProtectedWhenItsLastFireWasBackedUp() {
    Judgement judgement = judge.judge(host(group(success("2026-11-26T03:00:00Z"), NIGHTLY)));
    assertThat(judgement.reason()).isEqualTo(Reason.BACKED_UP);
    assertThat(judgement.health()).isEqualTo(Health.PROTECTED);
    assertThat(judgement.since()).isEqualTo("2026-11-26T03:01:00Z");
  }

  @Test
  void monthlyBackupMayBeAMonthOld() {
    assertThat(reason(host(group(success("2026-11-01T03:00:00Z"), "0 3 1 * *"))))
        .isEqualTo(Reason.BACKED_UP);
  }

  @Test
  void missedNightIsARiskAndSaysWhichOne() {
    Judgement judgement = judge.judge(host(group(success("2026-11-25T03:00:00Z"), NIGHTLY)));
    assertThat(judgement.reason()).isEqualTo(Reason.BACKUP_OVERDUE);
    assertThat(judgement.health()).isEqualTo(Health.AT_RISK);
    assertThat(judgement.since()).isEqualTo("2026-11-26T03:00:00Z");
    assertThat(judgement.sourceGroup()).contains("files");
  }

  @Test
  void threeMissedNightsAreAFailure() {
    assertThat(reason(host(group(success("2026-11-23T03:00:00Z"), NIGHTLY))))
        .isEqualTo(Reason.BACKUPS_MISSING);
    assertThat(reason(host(group(success("2026-11-24T03:00:00Z"), NIGHTLY))))
        .isEqualTo(Reason.BACKUP_OVERDUE);
  }

  @Test
  void backupHasAnHourAndTheSpreadOfItsSchedule() {
    assertThat(reason(host(group(success("2026-11-25T06:31:00Z"), "31 6 * * *"))))
        .isEqualTo(Reason.BACKED_UP);
    assertThat(reason(host(group(success("2026-11-25T06:29:00Z"), "29 6 * * *"))))
        .isEqualTo(Reason.BACKUP_OVERDUE);
    Expectation spread = new Expectation(Timing.of(new Cron("29 6 * * *"), "", 120), LONG_AGO);
    Group group =
        new Group(
            "files",
            LONG_AGO,
            false,
            success("2026-11-25T06:29:00Z"),
            Optional.empty(),
            List.of(spread));
    assertThat(reason(host(group))).isEqualTo(Reason.BACKED_UP);
  }

  @Test
  void blackoutWindowPutsOffWhatIsDue() {
    Judge patient = new Judge(NOW, (host, from) -> from.plus(Duration.ofHours(4)));
    HostFacts host = host(group(success("2026-11-25T03:00:00Z"), NIGHTLY));
    assertThat(patient.judge(host).reason()).isEqualTo(Reason.BACKED_UP);
  }

  @Test
  void clockThatIsALittleAheadMissesNothing() {
    assertThat(reason(host(group(success("2026-11-26T02:59:59Z"), NIGHTLY))))
        .isEqualTo(Reason.BACKED_UP);
  }

  @Test
  void failureIsUrgentHoweverYoungTheLastSuccess() {
    Optional<Failure> failure = Optional.of(new Failure(JOB, NOW));
    Judgement judgement =
        judge.judge(host(group(success("2026-11-26T03:00:00Z"), failure, NIGHTLY)));
    assertThat(judgement.reason()).isEqualTo(Reason.BACKUP_FAILED);
    assertThat(judgement.job()).contains(JOB);
  }

  @Test
  void worstSourceGroupDecides() {
    assertThat(
            reason(
                host(
                    group(success("2026-11-26T03:00:00Z"), NIGHTLY),
                    group(success("2026-11-20T03:00:00Z"), NIGHTLY),
                    group(success("2026-11-25T03:00:00Z"), NIGHTLY))))
        .isEqualTo(Reason.BACKUPS_MISSING);
  }

  @Test
  void runningBackupIsNotOverdue() {
    Group group =
        new Group(
            "files",
            LONG_AGO,
            true,
            success("2026-11-25T03:00:00Z"),
            Optional.empty(),
            List.of(schedule(NIGHTLY)));
    assertThat(reason(host(group))).isEqualTo(Reason.BACKED_UP);
  }

  @Test
  void flaggedBackupIsARisk() {
    Instant at = Instant.parse("2026-11-26T03:00:00Z");
    Optional<Success> flagged = Optional.of(new Success(JOB, at, at, true));
    assertThat(reason(host(group(flagged, NIGHTLY)))).isEqualTo(Reason.BACKUP_FLAGGED);
  }

  @Test
  void whatNobodyPlannedIsARisk() {
    assertThat(reason(host(group(success("2026-11-26T03:00:00Z")))))
        .isEqualTo(Reason.NOT_SCHEDULED);
  }

  @Test
  void newScheduleIsNotOverdueBeforeItHasFired() {
    Expectation fresh = new Expectation(Timing.of(new Cron(NIGHTLY), "", 0), NOW.minusSeconds(60));
    Group group =
        new Group("files", LONG_AGO, false, Optional.empty(), Optional.empty(), List.of(fresh));
    assertThat(reason(host(group))).isEqualTo(Reason.FIRST_BACKUP_AWAITED);
  }

  @Test
  void scheduleFiresByTheClockOfTheHost() {
    HostFacts tokyo =
        new HostFacts(
            new HostId(new UUID(0, 1)),
            LONG_AGO,
            true,
            true,
            true,
            ZoneId.of("Asia/Tokyo"),
            List.of(group(success("2026-11-25T18:00:00Z"), NIGHTLY)));
    assertThat(reason(tokyo)).isEqualTo(Reason.BACKED_UP);
  }

  @Test
  void whatIsNotSetUpYetSaysWhatIsMissing() {
    HostId id = new HostId(new UUID(0, 1));
    ZoneId utc = ZoneId.of("UTC");
    List<Group> none = List.of();
    assertThat(reason(new HostFacts(id, LONG_AGO, false, true, false, utc, none)))
        .isEqualTo(Reason.NEVER_CONNECTED);
    assertThat(reason(new HostFacts(id, LONG_AGO, true, false, true, utc, none)))
        .isEqualTo(Reason.NO_RESTIC);
    assertThat(reason(new HostFacts(id, LONG_AGO, true, true, false, utc, none)))
        .isEqualTo(Reason.NO_REPOSITORY);
    assertThat(reason(new HostFacts(id, LONG_AGO, true, true, true, utc, none)))
        .isEqualTo(Reason.NOTHING_CHOSEN);
  }
}
