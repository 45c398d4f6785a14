package org.resticmanager.agent.schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.resticmanager.agent.config.ConfigProblem;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.protocol.cron.BadCron;
import org.resticmanager.protocol.cron.CronTimes;
import org.resticmanager.protocol.wire.Schedule;
import org.resticmanager.protocol.wire.ScheduleSet;

/**
 * This host's schedules and their fires, on disk before anybody hears of them. Thread-safe.
 *
 * <p>A moment fires once. What was missed, because the machine slept or no agent ran, fires when we
 * are back, with the moment that the expression named, and only the newest of each schedule. A
 * clock that is put back does not bring back what has fired; one that was far in the future, and is
 * put right, does not silence the schedules until then.
 */
public final class ScheduleBook {

  private static final System.Logger LOG = System.getLogger(ScheduleBook.class.getName());

  /**
   * Nothing confirms a fire: whoever was told may not have kept it. So long all of a schedule's
   * fires are repeated; its newest one, which stands for all before it, however old it is.
   */
  private static final Duration REPEATED_FOR = Duration.ofHours(1);

  /** Beyond this, what has fired in the future comes of a clock that was wrong. */
  private static final Duration WRONG_CLOCK = Duration.ofDays(1);

  private static final int MOST_FIRES = 1000;

  private final Path file;
  private final ZoneId zone;
  private final Clock clock;
  private final Changes changes;
  private Pages pages;
  private Map<String, CronTimes> times;

  /**
   * Opens the book that an earlier process left.
   *
   * @param hostId who we are: the book of another one is not ours
   * @param zone in which the expressions are meant that name none
   * @param changes is told of new lists and fires
   */
  public ScheduleBook(DataFolder data, String hostId, ZoneId zone, Clock clock, Changes changes) {
    this.file = data.schedules();
    this.zone = zone;
    this.clock = clock;
    this.changes = changes;
    try {
      this.pages = Pages.read(file, hostId);
    } catch (IOException e) {
      throw new ConfigProblem("cannot read " + file + " (" + Words.of(e) + ")", e);
    }
    this.times = readable(pages.schedules(), new ArrayList<>());
  }

  private Map<String, CronTimes> readable(List<KeptSchedule> schedules, List<String> problems) {
    Map<String, CronTimes> read = new HashMap<>();
    for (KeptSchedule schedule : schedules) {
      try {
        read.put(schedule.id(), CronTimes.parse(schedule.cron(), zoneOf(schedule)));
      } catch (BadCron | DateTimeException e) {
        problems.add(
            "schedule " + Words.oneLine(schedule.id()) + ": " + Words.oneLine(e.getMessage()));
      }
    }
    return read;
  }

  private ZoneId zoneOf(KeptSchedule schedule) {
    return schedule.zone().isEmpty() ? zone : ZoneId.of(schedule.zone());
  }

  /**
   * Takes over a list, unless it is not newer than the one that we have.
   *
   * @param first whether it is the first of its connection: then a list that differs is believed
   *     whatever its number, because a server that was set back to an older state counts anew
   * @return what of it cannot be followed, in words; the rest is
   * @throws IOException if it cannot be written; the old list holds on then
   */
  public synchronized List<String> apply(ScheduleSet set, boolean first) throws IOException {
    Instant now = clock.instant();
    List<KeptSchedule> next = merged(set.schedules(), now);
    boolean newer = set.version() > pages.version();
    if (!newer && !(first && differs(next))) {
      return List.of();
    }
    if (!newer) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the server''s schedules (version {0}) are older than ours (version {1}) and differ: it"
              + " was set back; taking its word for it",
          set.version(),
          pages.version());
    }
    List<String> problems = new ArrayList<>();
    Map<String, CronTimes> nextTimes = readable(next, problems);
    Pages nextPages =
        new Pages(pages.host(), set.version(), next, worthSaying(pages.fires(), next, now));
    nextPages.write(file);
    pages = nextPages;
    times = nextTimes;
    LOG.log(
        System.Logger.Level.INFO,
        "took over {0} schedules (version {1})",
        next.size(),
        set.version());
    changes.signal();
    return problems;
  }

  private List<KeptSchedule> merged(List<Schedule> schedules, Instant now) {
    Map<String, KeptSchedule> before = byId(pages.schedules());
    return List.copyOf(
        schedules.stream()
            .map(
                schedule -> {
                  Optional<KeptSchedule> old = Optional.ofNullable(before.get(schedule.id()));
                  KeptSchedule fresh =
                      new KeptSchedule(
                          schedule.id(),
                          schedule.cronExpr(),
                          schedule.zone(),
                          schedule.enabled(),
                          now,
                          old.flatMap(KeptSchedule::lastFired));
                  return old.filter(fresh::asks).orElse(fresh);
                })
            .collect(
                Collectors.toMap(
                    KeptSchedule::id,
                    Function.identity(),
                    (one, other) -> other,
                    java.util.LinkedHashMap::new))
            .values());
  }

  private boolean differs(List<KeptSchedule> other) {
    Map<String, KeptSchedule> ours = byId(pages.schedules());
    return other.size() != ours.size()
        || !other.stream()
            .allMatch(
                schedule ->
                    ours.containsKey(schedule.id()) && schedule.asks(ours.get(schedule.id())));
  }

  private static Map<String, KeptSchedule> byId(List<KeptSchedule> schedules) {
    return schedules.stream()
        .collect(Collectors.toMap(KeptSchedule::id, Function.identity(), (one, other) -> other));
  }

  /**
   * Notes what is due by now and has not fired yet.
   *
   * @throws IOException if it cannot be written; it is still due then
   */
  synchronized void fireWhatIsDue() throws IOException {
    Instant now = clock.instant();
    List<KeptSchedule> schedules = new ArrayList<>();
    List<Fire> fires = new ArrayList<>(pages.fires());
    for (KeptSchedule schedule : pages.schedules()) {
      KeptSchedule counted =
          schedule.after().isAfter(now.plus(WRONG_CLOCK)) ? schedule.countingFrom(now) : schedule;
      Optional<Instant> due = due(counted, now);
      due.ifPresent(at -> fires.add(new Fire(counted.id(), at, Optional.empty())));
      schedules.add(due.map(counted::fired).orElse(counted));
    }
    if (!schedules.equals(pages.schedules())) {
      Pages next = pages.with(schedules, bounded(fires, schedules, now));
      next.write(file);
      pages = next;
      changes.signal();
    }
  }

  private Optional<Instant> due(KeptSchedule schedule, Instant now) {
    return schedule.enabled() && times.containsKey(schedule.id())
        ? times
            .get(schedule.id())
            .latestIn(schedule.after(), now)
            .filter(at -> !schedule.lastFired().equals(Optional.of(at)))
        : Optional.empty();
  }

  /** The newest of each schedule is kept in any case. */
  private static List<Fire> bounded(List<Fire> fires, List<KeptSchedule> schedules, Instant now) {
    List<Fire> kept = new ArrayList<>(worthSaying(fires, schedules, now));
    int surplus = kept.size() - MOST_FIRES;
    if (surplus > 0) {
      Set<Fire> needed = newestOfEach(kept);
      List<Fire> dropped =
          kept.stream().filter(fire -> !needed.contains(fire)).limit(surplus).toList();
      kept.removeAll(Set.copyOf(dropped));
    }
    return kept;
  }

  /**
   * All that nobody has heard yet, and what was said and may not have been kept. What was said of a
   * schedule that is removed or disabled is done with: a server refuses it.
   */
  private static List<Fire> worthSaying(
      List<Fire> fires, List<KeptSchedule> schedules, Instant now) {
    Set<Fire> newest = newestOfEach(fires);
    Set<String> enabled =
        schedules.stream()
            .filter(KeptSchedule::enabled)
            .map(KeptSchedule::id)
            .collect(Collectors.toSet());
    return fires.stream()
        .filter(
            fire ->
                fire.sentAt().isEmpty()
                    || (enabled.contains(fire.scheduleId())
                        && (newest.contains(fire) || recent(fire.sentAt().get(), now))))
        .toList();
  }

  private static Set<Fire> newestOfEach(List<Fire> fires) {
    Map<String, Fire> newest = new HashMap<>();
    fires.forEach(fire -> newest.put(fire.scheduleId(), fire));
    return Set.copyOf(newest.values());
  }

  private static boolean recent(Instant sentAt, Instant now) {
    return Duration.between(sentAt, now).abs().compareTo(REPEATED_FOR) <= 0;
  }

  /** How long until something is due; empty if nothing ever is. */
  synchronized Optional<Duration> untilNext() {
    Instant now = clock.instant();
    return pages.schedules().stream()
        .filter(schedule -> schedule.enabled() && times.containsKey(schedule.id()))
        .flatMap(
            schedule -> times.get(schedule.id()).nextAfter(later(schedule.after(), now)).stream())
        .min(Instant::compareTo)
        .map(next -> Duration.between(now, next));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** What a control plane that we have just met is to hear, oldest first. */
  public synchronized List<Fire> toRepeat() {
    return worthSaying(pages.fires(), pages.schedules(), clock.instant());
  }

  /** What nobody has heard yet, oldest first. */
  public synchronized List<Fire> unsent() {
    return pages.fires().isEmpty()
        ? List.of()
        : pages.fires().stream().filter(fire -> fire.sentAt().isEmpty()).toList();
  }

  /**
   * These were said.
   *
   * @throws IOException if that cannot be written; they will be said again
   */
  public synchronized void sent(List<Fire> said) throws IOException {
    Instant now = clock.instant();
    List<Fire> fires =
        pages.fires().stream()
            .map(
                fire ->
                    fire.sentAt().isEmpty() && said.stream().anyMatch(fire::sameAs)
                        ? new Fire(fire.scheduleId(), fire.scheduledAt(), Optional.of(now))
                        : fire)
            .toList();
    Pages next = pages.with(pages.schedules(), bounded(fires, pages.schedules(), now));
    next.write(file);
    pages = next;
  }
}
