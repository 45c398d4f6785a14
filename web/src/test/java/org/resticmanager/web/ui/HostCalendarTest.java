package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.resticmanager.job.JobId;
import org.resticmanager.job.ScheduleHistory;
import org.resticmanager.job.ScheduleRun;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.source.Cron;
import org.resticmanager.source.ScheduleDetails;
import org.resticmanager.source.Timing;
import org.resticmanager.web.ui.HostCalendar.Day;
import org.resticmanager.web.ui.HostCalendar.Entry;
import org.resticmanager.web.ui.HostCalendar.Fate;

class HostCalendarTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final UUID ID = new UUID(0, 4);
  private static final JobId JOB = new JobId(new UUID(0, 5));

  /** Noon of the 18th. */
  private static final Instant NOW = Instant.parse("2026-03-18T11:00:00Z");

  @Test
  void nightsAreSeenWithWhatBecameOfThemAndThoseThatCome() {
    List<Day> days =
        days(
            "0 2 * * *",
            Instant.parse("2026-03-14T00:00:00Z"),
            run("2026-03-14T01:00:00Z", JobStatus.SUCCEEDED),
            run("2026-03-15T01:00:00Z", JobStatus.FAILED),
            run("2026-03-18T01:00:00Z", JobStatus.RUNNING));

    assertThat(days).hasSize(14);
    assertThat(days.get(0).date()).isEqualTo(LocalDate.of(2026, 3, 12));
    assertThat(days)
        .filteredOn(Day::today)
        .extracting(Day::date)
        .containsExactly(LocalDate.of(2026, 3, 18));
    assertThat(days.subList(0, 9))
        .extracting(day -> day.entries().stream().map(Entry::fate).toList())
        .containsExactly(
            List.of(), // it was not there yet
            List.of(),
            List.of(Fate.SUCCEEDED),
            List.of(Fate.FAILED),
            List.of(Fate.MISSED),
            List.of(Fate.MISSED),
            List.of(Fate.RUNNING),
            List.of(Fate.COMING),
            List.of(Fate.COMING));
    assertThat(days.get(2).entries())
        .extracting(Entry::time, Entry::schedule, Entry::job)
        .containsExactly(tuple("02:00", "nightly", JOB));
  }

  @Test
  void momentThatIsJustOverIsDueAndNotYetMissed() {
    Day today = today(days("58 11 * * *", Instant.EPOCH));
    assertThat(today.entries()).extracting(Entry::fate).containsExactly(Fate.DUE);
  }

  @Test
  void runsOfABusyDayAreCounted() {
    Day today =
        today(
            days(
                "0 * * * *",
                NOW.minusSeconds(4 * 3600),
                run("2026-03-18T08:00:00Z", JobStatus.SUCCEEDED),
                run("2026-03-18T09:00:00Z", JobStatus.SUCCEEDED),
                run("2026-03-18T11:00:00Z", JobStatus.QUEUED)));
    assertThat(today.entries())
        .extracting(Entry::fate, Entry::runs)
        .containsExactlyInAnyOrder(
            tuple(Fate.MISSED, 2),
            tuple(Fate.SUCCEEDED, 2),
            tuple(Fate.QUEUED, 1),
            tuple(Fate.COMING, 11));
  }

  @Test
  void ofSeveralSourceGroupsTheWorstCounts() {
    Day today =
        today(
            days(
                "0 2 * * *",
                Instant.EPOCH,
                run("2026-03-18T01:00:00Z", JobStatus.SUCCEEDED),
                run("2026-03-18T01:00:00Z", JobStatus.FAILED)));
    assertThat(today.entries()).extracting(Entry::fate).containsExactly(Fate.FAILED);
  }

  @Test
  void everyMinuteIsWorkedOutForTodayOnly() {
    List<Day> days = days("* * * * *", Instant.EPOCH);
    assertThat(days).filteredOn(day -> !day.entries().isEmpty()).hasSize(1);
  }

  @Test
  void runsThatALaterOneMakesUpForAreNotMissed() {
    Instant since = NOW.minusSeconds(4 * 3600);
    assertThat(missed(since)).isEqualTo(4);
    assertThat(missed(since, run("2026-03-18T09:00:00Z", JobStatus.FAILED)))
        .as("those after it")
        .isEqualTo(1);
    assertThat(missed(NOW.minusSeconds(600))).isZero();
    assertThat(missed(Instant.EPOCH)).as("of a day").isEqualTo(24);
  }

  private static long missed(Instant since, ScheduleRun... runs) {
    return new HostCalendar(new ScheduleHistory(Map.of(ID, since), List.of(runs)), ZONE, NOW)
        .missed(List.of(schedule("0 * * * *")));
  }

  private static ScheduleDetails schedule(String cron) {
    return new ScheduleDetails(ID, "nightly", Timing.of(new Cron(cron), "", 0), true, List.of());
  }

  private static Day today(List<Day> days) {
    return days.stream().filter(Day::today).findFirst().orElseThrow();
  }

  private static List<Day> days(String cron, Instant since, ScheduleRun... runs) {
    return new HostCalendar(new ScheduleHistory(Map.of(ID, since), List.of(runs)), ZONE, NOW)
        .days(List.of(schedule(cron)));
  }

  private static ScheduleRun run(String at, JobStatus status) {
    return new ScheduleRun(ID, Instant.parse(at), Optional.of(JOB), Optional.of(status), false);
  }
}
