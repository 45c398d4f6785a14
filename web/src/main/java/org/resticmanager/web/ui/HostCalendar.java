package org.resticmanager.web.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.resticmanager.job.JobId;
import org.resticmanager.job.ScheduleHistory;
import org.resticmanager.job.ScheduleRun;
import org.resticmanager.protocol.cron.CronTimes;
import org.resticmanager.source.ScheduleDetails;

/** The runs of a host's schedules by day: what became of those of the last days, and what comes. */
final class HostCalendar {

  static final int DAYS_BACK = 6;
  static final int DAYS_AHEAD = 7;

  /** An agent and its clock may be that late without having missed anything. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  /** What was missed before is history. */
  private static final Duration LATELY = Duration.ofHours(24);

  /** A schedule that fires more often on a day is one line there. */
  private static final int LINES = 3;

  /** Of a schedule that fires more often than this on a day, only today is worked out. */
  private static final int OFTEN = 48;

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private final ScheduleHistory history;
  private final ZoneId zone;
  private final Instant now;

  /**
   * @param history from the beginning of the first day on
   * @param zone by whose clock the days are
   */
  HostCalendar(ScheduleHistory history, ZoneId zone, Instant now) {
    this.history = history;
    this.zone = zone;
    this.now = now;
  }

  /** When its first day begins. */
  static Instant from(ZoneId zone, Instant now) {
    return now.atZone(zone).toLocalDate().minusDays(DAYS_BACK).atStartOfDay(zone).toInstant();
  }

  /** The days, in their order. */
  List<Day> days(List<ScheduleDetails> schedules) {
    LocalDate today = now.atZone(zone).toLocalDate();
    Map<LocalDate, List<Entry>> entries = new TreeMap<>();
    for (int day = -DAYS_BACK; day <= DAYS_AHEAD; day++) {
      entries.put(today.plusDays(day), new ArrayList<>());
    }
    schedules.forEach(
        schedule ->
            byDay(moments(schedule))
                .forEach((day, runs) -> entries.get(day).addAll(lines(schedule, runs))));
    return entries.entrySet().stream()
        .map(
            day ->
                new Day(
                    day.getKey(),
                    day.getKey().equals(today),
                    day.getValue().stream().sorted(Comparator.comparing(Entry::at)).toList()))
        .toList();
  }

  private Map<LocalDate, List<Moment>> byDay(List<Moment> moments) {
    return moments.stream()
        .collect(Collectors.groupingBy(run -> run.at().atZone(zone).toLocalDate()));
  }

  /** What one schedule has fired, should have fired, and will fire. */
  private List<Moment> moments(ScheduleDetails schedule) {
    SortedMap<Instant, Moment> moments = new TreeMap<>();
    Instant from = from(zone, now);
    Instant to = from.atZone(zone).plusDays(DAYS_BACK + DAYS_AHEAD + 1).toInstant();
    history.runs().stream()
        .filter(run -> run.schedule().equals(schedule.id()) && !run.scheduledAt().isBefore(from))
        .filter(run -> run.scheduledAt().isBefore(to))
        .forEach(
            run ->
                moments.merge(
                    run.scheduledAt().truncatedTo(ChronoUnit.SECONDS), fired(run), Moment::worse));
    if (schedule.enabled()) {
      expected(schedule, from, to).forEach(at -> moments.putIfAbsent(at, unfired(at)));
    }
    return List.copyOf(moments.values());
  }

  private List<Instant> expected(ScheduleDetails schedule, Instant from, Instant to) {
    CronTimes times = schedule.timing().cron().in(schedule.timing().clock(zone));
    Instant today = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    Instant tomorrow = today.atZone(zone).plusDays(1).toInstant();
    List<Instant> ofToday = between(times, today, tomorrow);
    List<Instant> expected = ofToday.size() > OFTEN ? ofToday : between(times, from, to);
    Instant since = history.since().getOrDefault(schedule.id(), now);
    return expected.stream().filter(at -> !at.isBefore(since)).toList();
  }

  private static List<Instant> between(CronTimes times, Instant from, Instant to) {
    List<Instant> all = new ArrayList<>();
    Optional<Instant> next = times.nextAfter(from.minusNanos(1));
    while (next.isPresent() && next.get().isBefore(to)) {
      all.add(next.get());
      next = times.nextAfter(next.get());
    }
    return all;
  }

  private static Moment fired(ScheduleRun run) {
    return new Moment(run.scheduledAt(), Fate.of(run), run.job());
  }

  private Moment unfired(Instant at) {
    if (at.isAfter(now)) {
      return new Moment(at, Fate.COMING, Optional.empty());
    }
    boolean missed = at.plus(GRACE).isBefore(now);
    return new Moment(at, missed ? Fate.MISSED : Fate.DUE, Optional.empty());
  }

  private List<Entry> lines(ScheduleDetails schedule, List<Moment> runs) {
    if (runs.size() <= LINES) {
      return runs.stream()
          .map(run -> entry(schedule, run.at(), List.of(run), run.fate(), run.job()))
          .toList();
    }
    SortedMap<Fate, List<Moment>> byFate =
        new TreeMap<>(runs.stream().collect(Collectors.groupingBy(Moment::fate)));
    return byFate.entrySet().stream()
        .map(
            of ->
                entry(
                    schedule,
                    of.getValue().get(0).at(),
                    of.getValue(),
                    of.getKey(),
                    Optional.empty()))
        .toList();
  }

  private Entry entry(
      ScheduleDetails schedule, Instant at, List<Moment> runs, Fate fate, Optional<JobId> job) {
    return new Entry(
        at, CLOCK.format(at.atZone(zone)), schedule.name(), runs.size(), fate, job.orElse(null));
  }

  /** How many moments of the last day nothing came of, and no later one makes up for them. */
  long missed(List<ScheduleDetails> schedules) {
    return schedules.stream().filter(ScheduleDetails::enabled).mapToLong(this::missed).sum();
  }

  private long missed(ScheduleDetails schedule) {
    Instant answered =
        history.runs().stream()
            .filter(run -> run.schedule().equals(schedule.id()))
            .map(run -> run.scheduledAt().plusSeconds(1))
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    Instant since = history.since().getOrDefault(schedule.id(), now);
    Instant from =
        Stream.of(answered, since, now.minus(LATELY)).max(Comparator.naturalOrder()).get();
    CronTimes times = schedule.timing().cron().in(schedule.timing().clock(zone));
    return between(times, from, now.minus(GRACE)).size();
  }

  private record Moment(Instant at, Fate fate, Optional<JobId> job) {

    /** Of several source groups the one with which it went worst tells how it was. */
    Moment worse(Moment other) {
      return other.fate.compareTo(fate) < 0 ? other : this;
    }
  }

  /** What became of a moment, the worst first. */
  public enum Fate {
    MISSED(new State("bad", "unplugged", "calendar.missed")),
    FAILED(new State("bad", "cross", "job.status.failed")),
    CANCELLED(new State("idle", "minus", "job.status.cancelled")),
    FLAGGED(new State("warn", "alert", "job.status.flagged")),
    RUNNING(new State("busy", "running", "job.status.running")),
    QUEUED(new State("idle", "clock", "job.status.queued")),
    DUE(new State("idle", "clock", "calendar.due")),
    SUCCEEDED(new State("good", "check", "job.status.succeeded")),
    COVERED(new State("idle", "again", "calendar.covered")),
    COMING(new State("idle", "clock", "calendar.coming"));

    private final State state;

    Fate(State state) {
      this.state = state;
    }

    static Fate of(ScheduleRun run) {
      if (run.status().isEmpty()) {
        return COVERED;
      }
      return switch (run.status().get()) {
        case QUEUED -> QUEUED;
        case RUNNING -> RUNNING;
        case SUCCEEDED -> run.flagged() ? FLAGGED : SUCCEEDED;
        case FAILED -> FAILED;
        case CANCELLED -> CANCELLED;
      };
    }

    /** For the badge. */
    public State state() {
      return state;
    }
  }

  /**
   * A day.
   *
   * @param today whether it is the one that is now
   * @param entries in the order of their times
   */
  public record Day(LocalDate date, boolean today, List<Entry> entries) {}

  /**
   * A line of a day.
   *
   * @param at when, or when the first of several
   * @param time the same by the host's clock
   * @param schedule its name
   * @param runs how many it stands for
   * @param fate what became of them
   * @param job of a single run; null if it has none
   */
  public record Entry(Instant at, String time, String schedule, int runs, Fate fate, JobId job) {}
}
