package org.resticmanager.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.snapshot.SnapshotDetails;

/**
 * When a forget must not be run without a person's word: it would remove too much, or what was
 * backed up last.
 *
 * @param sharePercent more than this share of a source group's snapshots may not go
 * @param few so many may go whatever share they are
 */
record ForgetRule(int sharePercent, int few) {

  /** Clocks of hosts are not exact. */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  /** What holds while there is no plan. */
  static final ForgetRule USUAL = new ForgetRule(50, 3);

  static ForgetRule of(MaintenancePlan plan) {
    return new ForgetRule(plan.forgetSharePercent(), plan.forgetFew());
  }

  /**
   * What there is to say against it, for people; empty if nothing.
   *
   * @param lastBackup the snapshot that the last backup has made, by its long id or the beginning
   *     of it; empty if not known
   */
  Optional<String> objection(Selection selection, Optional<String> lastBackup, Instant now) {
    return newest(selection, lastBackup, now)
        .or(() -> tooMany(selection))
        .map(words -> words + future(selection, now));
  }

  /** Times to come do not make a snapshot the newest one: its host's clock was wrong. */
  private static Optional<String> newest(
      Selection selection, Optional<String> lastBackup, Instant now) {
    Instant newestKept =
        selection.kept().stream()
            .map(kept -> kept.snapshot().time())
            .filter(time -> !ahead(time, now))
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    return selection.removed().stream()
        .filter(
            snapshot ->
                (!ahead(snapshot.time(), now) && snapshot.time().isAfter(newestKept))
                    || lastBackup.filter(id -> snapshot.id().startsWith(id)).isPresent())
        .findFirst()
        .map(snapshot -> "its newest snapshot, of " + snapshot.time() + ", would go");
  }

  private Optional<String> tooMany(Selection selection) {
    long going = selection.removed().size();
    long all = going + selection.kept().size();
    return going > few && going * 100 > all * sharePercent
        ? Optional.of(
            going
                + " of its "
                + all
                + " snapshots would go, which is more than "
                + sharePercent
                + " %")
        : Optional.empty();
  }

  private static String future(Selection selection, Instant now) {
    List<SnapshotDetails> kept = selection.kept().stream().map(Selection.Kept::snapshot).toList();
    long ahead = kept.stream().filter(snapshot -> ahead(snapshot.time(), now)).count();
    return ahead == 0
        ? ""
        : "; "
            + ahead
            + (ahead == 1 ? " snapshot has a time" : " snapshots have times")
            + " in the future and take the place of others: look at the clock of the host";
  }

  private static boolean ahead(Instant time, Instant now) {
    return time.isAfter(now.plus(AHEAD));
  }
}
