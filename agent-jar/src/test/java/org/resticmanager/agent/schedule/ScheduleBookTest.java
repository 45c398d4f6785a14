package org.resticmanager.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.protocol.wire.Schedule;
import org.resticmanager.protocol.wire.ScheduleSet;

class ScheduleBookTest {

  @TempDir Path root;

  private final WallClock clock = new WallClock("2026-11-02T12:00:00Z");
  private final Changes changes = new Changes();
  private DataFolder data;
  private ScheduleBook book;

  @BeforeEach
  void open() {
    data = new DataFolder(root.resolve("data")).prepared();
    restart();
  }

  private void restart() {
    restartAs("host-1");
  }

  private void restartAs(String host) {
    book = new ScheduleBook(data, host, ZoneOffset.UTC, clock, changes);
  }

  @Test
  void aScheduleFiresOnceAtEachOfItsMoments() throws IOException {
    apply(1, daily("nightly"));
    List<String> fires = new ArrayList<>();
    for (int minute = 0; minute < 3 * 24 * 60; minute++) {
      clock.forward(Duration.ofMinutes(1));
      book.fireWhatIsDue();
      fires.addAll(said());
    }
    assertThat(fires)
        .containsExactly(
            "nightly 2026-11-03T02:00:00Z",
            "nightly 2026-11-04T02:00:00Z",
            "nightly 2026-11-05T02:00:00Z");
  }

  @Test
  void whatWasMissedFiresOnceWithItsTrueTimeAfterSleepOrARestart() throws IOException {
    apply(1, daily("nightly"), schedule("hourly", "@hourly"), schedule("new year", "@yearly"));

    clock.forward(Duration.ofDays(3));
    restart();
    book.fireWhatIsDue();
    book.fireWhatIsDue();

    assertThat(said())
        .containsExactly("nightly 2026-11-05T02:00:00Z", "hourly 2026-11-05T12:00:00Z");
  }

  @Test
  void aScheduleWithAZoneFollowsThatClock() throws IOException {
    apply(1, daily("local"), new Schedule("tokyo", "0 22 * * *", "Asia/Tokyo", true, List.of()));

    clock.set("2026-11-02T13:00:01Z");
    book.fireWhatIsDue();

    assertThat(said()).containsExactly("tokyo 2026-11-02T13:00:00Z");
  }

  @Test
  void aZoneThatNobodyKnowsIsSaidAndTheOthersFire() throws IOException {
    List<String> problems =
        book.apply(
            new ScheduleSet(
                1,
                List.of(
                    daily("good"), new Schedule("bad", "0 2 * * *", "Mars/Olympus", true, null))),
            false);
    clock.set("2026-11-03T02:00:01Z");
    book.fireWhatIsDue();

    assertThat(problems).singleElement().asString().contains("bad", "Mars/Olympus");
    assertThat(said()).containsExactly("good 2026-11-03T02:00:00Z");
  }

  @Test
  void aClockThatIsPutBackAnHourDoublesAndLosesNothing() throws IOException {
    apply(1, schedule("often", "*/15 * * * *"));
    clock.forward(Duration.ofMinutes(50));
    book.fireWhatIsDue();
    assertThat(said()).containsExactly("often 2026-11-02T12:45:00Z");

    clock.back(Duration.ofHours(1));
    List<String> fires = new ArrayList<>();
    for (int minute = 0; minute < 90; minute++) {
      book.fireWhatIsDue();
      fires.addAll(said());
      clock.forward(Duration.ofMinutes(1));
    }

    assertThat(fires).containsExactly("often 2026-11-02T13:00:00Z", "often 2026-11-02T13:15:00Z");
  }

  @Test
  void aClockThatWasInTheFarFutureSilencesNothing() throws IOException {
    apply(1, daily("nightly"));
    clock.set("2031-05-01T12:00:00Z");
    book.fireWhatIsDue();
    assertThat(said()).containsExactly("nightly 2031-05-01T02:00:00Z");

    clock.set("2026-11-02T12:05:00Z");
    book.fireWhatIsDue();
    clock.set("2026-11-03T02:00:01Z");
    book.fireWhatIsDue();

    assertThat(said()).containsExactly("nightly 2026-11-03T02:00:00Z");
  }

  @Test
  void aClockThatBeganInThePastDoesNotRepeatWhatHasFired() throws IOException {
    apply(1, daily("nightly"));
    clock.set("2026-11-03T02:00:01Z");
    book.fireWhatIsDue();
    assertThat(said()).hasSize(1);

    clock.set("1970-01-01T00:00:05Z");
    restart();
    book.fireWhatIsDue();
    clock.set("2026-11-03T08:00:00Z");
    book.fireWhatIsDue();

    assertThat(said()).isEmpty();
  }

  @Test
  void aFireIsOnDiskBeforeItIsSaidAndIsKeptUntilThen() throws IOException {
    apply(1, daily("nightly"));
    clock.set("2026-11-03T02:00:01Z");
    book.fireWhatIsDue();
    clock.forward(Duration.ofDays(20).minusHours(3));

    restart();

    assertThat(book.unsent()).extracting(Fire::scheduleId).containsExactly("nightly");
  }

  @Test
  void theNewestFireOfEachScheduleIsRepeatedToEveryNewConnectionHoweverOldItIs()
      throws IOException {
    apply(1, daily("nightly"), schedule("hourly", "@hourly"));
    clock.set("2026-11-03T02:00:01Z");
    book.fireWhatIsDue();
    assertThat(said()).hasSize(2);
    assertThat(book.unsent()).isEmpty();

    clock.set("2026-11-03T20:30:00Z");
    book.fireWhatIsDue();
    assertThat(said()).containsExactly("hourly 2026-11-03T20:00:00Z");
    restart();

    assertThat(toRepeat())
        .containsExactly("nightly 2026-11-03T02:00:00Z", "hourly 2026-11-03T20:00:00Z");
  }

  @Test
  void anOlderFireIsRepeatedToANewConnectionForAnHourAfterItWasSaid() throws IOException {
    apply(1, schedule("often", "*/10 * * * *"));
    clock.forward(Duration.ofMinutes(10));
    book.fireWhatIsDue();
    said();
    clock.forward(Duration.ofMinutes(50));
    book.fireWhatIsDue();
    said();
    assertThat(toRepeat())
        .containsExactly("often 2026-11-02T12:10:00Z", "often 2026-11-02T13:00:00Z");

    clock.forward(Duration.ofMinutes(11));
    restart();

    assertThat(toRepeat()).containsExactly("often 2026-11-02T13:00:00Z");
  }

  @Test
  void whatWasSaidOfAScheduleThatIsDisabledOrRemovedIsNotRepeatedAlsoWhenItIsBack()
      throws IOException {
    apply(1, daily("disabled"), daily("removed"), daily("stays"));
    clock.set("2026-11-03T02:00:01Z");
    book.fireWhatIsDue();
    said();

    apply(2, new Schedule("disabled", "0 2 * * *", "", false, List.of()), daily("stays"));
    apply(3, daily("disabled"), daily("removed"), daily("stays"));

    assertThat(toRepeat()).containsExactly("stays 2026-11-03T02:00:00Z");
  }

  @Test
  void whatNobodyHearsIsBoundedAndTheNewestOfEachScheduleIsKept() throws IOException {
    apply(1, schedule("often", "* * * * *"), schedule("once", "5 12 2 11 *"));
    for (int minute = 0; minute < 1200; minute++) {
      clock.forward(Duration.ofMinutes(1));
      book.fireWhatIsDue();
    }
    restart();

    List<Fire> kept = book.unsent();
    assertThat(kept).hasSize(1000);
    assertThat(kept).extracting(Fire::scheduleId).contains("once");
    assertThat(kept.get(999).scheduledAt()).isEqualTo(Instant.parse("2026-11-03T08:00:00Z"));
  }

  @Test
  void aListThatIsNotNewerIsNotTakenOver() throws IOException {
    apply(5, daily("nightly"));

    apply(5, schedule("nightly", "0 5 * * *"));
    apply(4);

    clock.set("2026-11-03T02:00:01Z");
    book.fireWhatIsDue();
    assertThat(said()).containsExactly("nightly 2026-11-03T02:00:00Z");
  }

  @Test
  void theFirstListOfAConnectionIsBelievedAlsoIfItsServerWasSetBack() throws IOException {
    apply(9, daily("old"));

    book.apply(new ScheduleSet(5, List.of(daily("restored"))), true);
    restart();

    clock.set("2026-11-03T02:00:01Z");
    book.fireWhatIsDue();
    assertThat(said()).containsExactly("restored 2026-11-03T02:00:00Z");
    apply(6);
    clock.forward(Duration.ofDays(1));
    book.fireWhatIsDue();
    assertThat(said()).isEmpty();
  }

  @Test
  void anotherEnrolmentBeginsWithNothing() throws IOException {
    apply(9, daily("nightly"));

    restartAs("host-2");

    clock.forward(Duration.ofDays(1));
    book.fireWhatIsDue();
    assertThat(book.unsent()).isEmpty();
    apply(1, daily("theirs"));
    clock.forward(Duration.ofDays(1));
    book.fireWhatIsDue();
    assertThat(said()).hasSize(1);
  }

  @Test
  void anExpressionThatCannotBeReadIsNamedAndTheOthersGoOn() throws IOException {
    List<String> problems =
        book.apply(
            new ScheduleSet(1, List.of(schedule("bad", "every day"), daily("nightly"))), false);

    assertThat(problems).singleElement().asString().startsWith("schedule bad: 'every day' cannot");
    clock.forward(Duration.ofDays(1));
    restart();
    book.fireWhatIsDue();
    assertThat(said()).containsExactly("nightly 2026-11-03T02:00:00Z");
  }

  @Test
  void anEditKeepsWhatWasMissedOfTheOthersAndANewOneHasMissedNothing() throws IOException {
    apply(1, daily("same"), daily("edited"), new Schedule("off", "0 2 * * *", "", false, null));
    clock.set("2026-11-03T04:00:00Z");

    apply(2, daily("same"), schedule("edited", "0 3 * * *"), daily("off"), daily("new"));
    book.fireWhatIsDue();

    assertThat(said()).containsExactly("same 2026-11-03T02:00:00Z");
  }

  @Test
  void aDamagedBookIsBegunAnew() throws IOException {
    apply(3, daily("nightly"));
    Files.writeString(data.schedules(), "{\"host\":\"host-1\",\"version\":");

    restart();
    apply(1, daily("nightly"));

    clock.forward(Duration.ofDays(1));
    book.fireWhatIsDue();
    assertThat(said()).hasSize(1);
  }

  @Test
  void theTimerFiresByItselfAndWakesForANewList() throws Exception {
    clock.set("2026-11-02T12:00:59.500Z");
    ScheduleTimer timer = new ScheduleTimer(book, changes);
    timer.start();
    try {
      apply(1, schedule("often", "* * * * *"));
      clock.forward(Duration.ofSeconds(1));
      changes.signal();
      await().until(() -> !book.unsent().isEmpty());
    } finally {
      timer.stop();
    }
    assertThat(said()).containsExactly("often 2026-11-02T12:01:00Z");
  }

  private void apply(long version, Schedule... schedules) throws IOException {
    assertThat(book.apply(new ScheduleSet(version, List.of(schedules)), false)).isEmpty();
  }

  private static Schedule daily(String id) {
    return schedule(id, "0 2 * * *");
  }

  private static Schedule schedule(String id, String cron) {
    return new Schedule(id, cron, "", true, List.of());
  }

  private List<String> said() throws IOException {
    List<Fire> fires = book.unsent();
    book.sent(fires);
    return words(fires);
  }

  private List<String> toRepeat() {
    return words(book.toRepeat());
  }

  private static List<String> words(List<Fire> fires) {
    return fires.stream().map(fire -> fire.scheduleId() + " " + fire.scheduledAt()).toList();
  }

  /** A clock that goes as the test says. */
  private static final class WallClock extends Clock {

    private Instant now;

    WallClock(String now) {
      set(now);
    }

    synchronized void set(String moment) {
      now = Instant.parse(moment);
    }

    synchronized void forward(Duration time) {
      now = now.plus(time);
    }

    synchronized void back(Duration time) {
      now = now.minus(time);
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
