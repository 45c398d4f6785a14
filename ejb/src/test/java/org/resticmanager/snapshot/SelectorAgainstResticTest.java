package org.resticmanager.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.source.Retention;

/** Our selection and the one of a real restic, over years of snapshots from three time zones. */
class SelectorAgainstResticTest {

  private static final int SNAPSHOTS = 300;
  private static final int POLICIES = 40;
  private static final long SEED = 20_261_125L;
  private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "America/St_Johns");
  private static final List<String> WITHIN =
      List.of("1y", "3m", "1y2m", "40d", "12h", "1m12d6h", "2d1h", "5m1d2d", "11m30d");

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  @Test
  void resticWouldKeepAndRemoveTheSameForTheSameReasons() throws Exception {
    DatedRepository repository = new DatedRepository(folder);
    repository.backUp(IntStream.range(0, SNAPSHOTS).mapToObj(this::snapshot).toList());
    List<SnapshotDetails> snapshots = repository.snapshots();
    assertThat(snapshots).hasSize(SNAPSHOTS);
    // summer and winter of two zones, and UTC
    assertThat(snapshots.stream().map(SnapshotDetails::offset).distinct()).hasSize(5);

    for (int i = 0; i < POLICIES; i++) {
      Retention retention = retention();
      Selection ours = Selector.select(retention, snapshots, Instant.now());
      JsonObject theirs = repository.forget(arguments(retention));

      assertThat(kept(ours)).as("%s", retention).containsExactlyElementsOf(kept(theirs));
      assertThat(ours.removed())
          .as("%s", retention)
          .extracting(SnapshotDetails::id)
          .containsExactlyElementsOf(removed(theirs));
    }
  }

  /** Of very different density: several an hour, then none for weeks; one in fifty is to come. */
  private DatedRepository.Wanted snapshot(int number) {
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).withNano(0);
    double distance = Math.pow(random.nextDouble(), 3);
    LocalDateTime time = now.minusSeconds((long) (distance * 4 * 365 * 86_400) + number + 60);
    if (number % 50 == 7) {
      time = now.plusDays(1 + number);
    }
    return new DatedRepository.Wanted(
        time,
        ZONES.get(random.nextInt(ZONES.size())),
        random.nextInt(20) == 0 ? List.of("a", "release") : List.of("a"));
  }

  private Retention retention() {
    // keeping the last few as well: restic refuses to remove all
    return new Retention(
        1 + random.nextInt(5),
        some(40),
        some(60),
        some(30),
        some(30),
        some(6),
        random.nextInt(3) == 0 ? WITHIN.get(random.nextInt(WITHIN.size())) : "",
        random.nextInt(4) == 0 ? List.of("release", "nothing-has-it") : List.of());
  }

  private int some(int most) {
    return random.nextBoolean() ? 0 : 1 + random.nextInt(most);
  }

  private static List<String> arguments(Retention retention) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--keep-last=" + retention.keepLast());
    arguments.add("--keep-hourly=" + retention.keepHourly());
    arguments.add("--keep-daily=" + retention.keepDaily());
    arguments.add("--keep-weekly=" + retention.keepWeekly());
    arguments.add("--keep-monthly=" + retention.keepMonthly());
    arguments.add("--keep-yearly=" + retention.keepYearly());
    if (!retention.keepWithin().isEmpty()) {
      arguments.add("--keep-within=" + retention.keepWithin());
    }
    retention.keepTag().forEach(tag -> arguments.add("--keep-tag=" + tag));
    return arguments;
  }

  private static List<String> kept(Selection selection) {
    return selection.kept().stream()
        .map(kept -> kept.snapshot().id() + " " + kept.reasons())
        .toList();
  }

  private static List<String> kept(JsonObject forget) {
    return forget.getJsonArray("reasons").getValuesAs(JsonObject.class).stream()
        .map(
            reason ->
                reason.getJsonObject("snapshot").getString("id")
                    + " "
                    + reason.getJsonArray("matches").getValuesAs(JsonString::getString))
        .toList();
  }

  private static List<String> removed(JsonObject forget) {
    return forget.get("remove") == JsonValue.NULL
        ? List.of()
        : forget.getJsonArray("remove").getValuesAs(JsonObject.class).stream()
            .map(snapshot -> snapshot.getString("id"))
            .toList();
  }
}
