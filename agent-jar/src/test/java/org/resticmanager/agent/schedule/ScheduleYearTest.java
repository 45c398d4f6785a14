package org.resticmanager.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.protocol.wire.Schedule;
import org.resticmanager.protocol.wire.ScheduleSet;
import org.springframework.scheduling.support.CronExpression;

/**
 * A year of twenty hosts, with both changes of the clocks, sleep and restarts. What should fire is
 * reckoned with another library: each moment while the host was awake, and of those that it slept
 * through the newest.
 */
class ScheduleYearTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");
  private static final int HOSTS = 20;
  private static final List<String> ZONES =
      List.of("Europe/Berlin", "America/New_York", "UTC", "Australia/Lord_Howe", "Asia/Kolkata");
  private static final List<String> EXPRESSIONS =
      List.of(
          "30 2 * * *", "15 1,13 * * *", "0 4 * * 0", "0 5 1 * *", "45 2 * * 1-5", "0 0 29 * *");

  @TempDir Path folder;

  @Test
  void everyMomentFiresOnceAndWhatWasSleptThroughOnce() throws IOException {
    Random random = new Random(2026);
    int fires = 0;
    for (int host = 0; host < HOSTS; host++) {
      ZoneId own = ZoneId.of(ZONES.get(host % ZONES.size()));
      List<Schedule> schedules = new ArrayList<>();
      // each host has three of them
      for (int i = host % 2; i < EXPRESSIONS.size(); i += 2) {
        String zone = i < 3 ? "" : ZONES.get((host + i) % ZONES.size());
        schedules.add(new Schedule("s" + i, EXPRESSIONS.get(i), zone, true, List.of()));
      }
      Year year = new Year(folder.resolve("host-" + host), own, random);

      List<String> fired = year.live(schedules);

      assertThat(fired)
          .as("host %d in %s", host, own)
          .containsExactlyInAnyOrderElementsOf(expected(schedules, own, year.awake));
      fires += fired.size();
    }
    assertThat(fires).isGreaterThan(HOSTS * 365);
  }

  private static List<String> expected(List<Schedule> schedules, ZoneId own, List<Instant> awake) {
    List<String> fires = new ArrayList<>();
    for (Schedule schedule : schedules) {
      ZoneId zone = schedule.zone().isEmpty() ? own : ZoneId.of(schedule.zone());
      TreeSet<Instant> moments = moments(schedule.cronExpr(), zone);
      for (int i = 1; i < awake.size(); i++) {
        Instant newest = moments.floor(awake.get(i));
        if (newest != null && newest.isAfter(awake.get(i - 1))) {
          fires.add(schedule.id() + " " + newest);
        }
      }
    }
    return fires;
  }

  private static TreeSet<Instant> moments(String expression, ZoneId zone) {
    CronExpression cron = CronExpression.parse("0 " + expression);
    TreeSet<Instant> moments = new TreeSet<>();
    LocalDateTime local = cron.next(LocalDateTime.ofInstant(BEGIN, zone).minusDays(2));
    while (local.isBefore(LocalDateTime.ofInstant(END, zone).plusDays(1))) {
      List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
      moments.add(
          offsets.isEmpty()
              ? zone.getRules().getTransition(local).getInstant()
              : local.toInstant(offsets.get(0)));
      local = cron.next(local);
    }
    return moments;
  }

  /** One host's book, looked at as its timer does, except while the host sleeps. */
  private static final class Year extends Clock {

    private static final Duration AT_MOST = Duration.ofDays(1);
    private static final int SLEEPS_ONE_IN = 40;
    private static final int RESTARTS_ONE_IN = 100;

    private final List<Instant> awake = new ArrayList<>();
    private final DataFolder data;
    private final ZoneId zone;
    private final Random random;
    private Instant now = BEGIN;

    Year(Path folder, ZoneId zone, Random random) throws IOException {
      this.data = new DataFolder(folder).prepared();
      this.zone = zone;
      this.random = random;
    }

    List<String> live(List<Schedule> schedules) throws IOException {
      ScheduleBook book = open();
      book.apply(new ScheduleSet(1, schedules), true);
      List<String> fired = new ArrayList<>();
      boolean slept = false;
      while (now.isBefore(END)) {
        awake.add(now);
        if (random.nextInt(RESTARTS_ONE_IN) == 0) {
          book = open();
        }
        book.fireWhatIsDue();
        List<Fire> said = book.unsent();
        for (Fire fire : said) {
          fired.add(fire.scheduleId() + " " + fire.scheduledAt());
          assertThat(slept || Duration.between(fire.scheduledAt(), now).toSeconds() < 30)
              .as("%s fires in time at %s", fire, now)
              .isTrue();
        }
        if (!said.isEmpty()) {
          book.sent(said);
        }
        slept = random.nextInt(SLEEPS_ONE_IN) == 0;
        now = now.plus(slept ? Duration.ofMinutes(random.nextInt(10_000)) : untilNextLook(book));
      }
      return fired;
    }

    private Duration untilNextLook(ScheduleBook book) {
      Duration next =
          book.untilNext().filter(until -> until.compareTo(AT_MOST) < 0).orElse(AT_MOST);
      return next.plusSeconds(random.nextInt(20));
    }

    private ScheduleBook open() {
      return new ScheduleBook(data, "host", zone, this, new Changes());
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return this;
    }
  }
}
