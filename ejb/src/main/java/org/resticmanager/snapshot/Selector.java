package org.resticmanager.snapshot;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.resticmanager.source.Retention;

/**
 * Says which snapshots of a source group a {@code restic forget} would keep and why, by restic's
 * own rules (of 0.16 and later; 0.14 does not keep the oldest for want of others). Nothing is asked
 * of a repository.
 *
 * <p>Days, weeks and the like are those of the clock of the machine that made the snapshot. Which
 * of several snapshots of one moment restic keeps is chance; here it is the highest id.
 */
final class Selector {

  /** Newest first. */
  private static final Comparator<SnapshotDetails> ORDER =
      Comparator.comparing(SnapshotDetails::time).thenComparing(SnapshotDetails::id).reversed();

  /** Where restic starts to look for the newest: it stays there if all lie in the future. */
  private static final OffsetDateTime YEAR_1 =
      OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final Retention retention;
  private final KeepWithin within;
  private final OffsetDateTime withinSince;
  private final List<Bucket> buckets;
  private int lastKept;

  private Selector(Retention retention, List<SnapshotDetails> newestFirst, Instant now) {
    this.retention = retention;
    within = KeepWithin.parse(retention.keepWithin());
    withinSince =
        within.before(
            newestFirst.stream()
                .filter(snapshot -> snapshot.time().isBefore(now))
                .findFirst()
                .map(SnapshotDetails::localTime)
                .orElse(YEAR_1));
    buckets =
        List.of(
            Bucket.hourly(retention),
            Bucket.daily(retention),
            Bucket.weekly(retention),
            Bucket.monthly(retention),
            Bucket.yearly(retention));
  }

  /**
   * Selects among the snapshots of one source group of one host.
   *
   * @param retention one that says nothing keeps all, without a reason
   * @param now what is later than this does not count as the newest for keep-within
   */
  static Selection select(Retention retention, List<SnapshotDetails> snapshots, Instant now) {
    List<SnapshotDetails> newestFirst = snapshots.stream().sorted(ORDER).toList();
    Selector selector = new Selector(retention, newestFirst, now);
    List<Selection.Kept> kept = new ArrayList<>();
    List<SnapshotDetails> removed = new ArrayList<>();
    for (int i = 0; i < newestFirst.size(); i++) {
      SnapshotDetails snapshot = newestFirst.get(i);
      List<String> reasons = selector.reasons(snapshot, i == newestFirst.size() - 1);
      if (reasons.isEmpty() && !retention.keepsAll()) {
        removed.add(snapshot);
      } else {
        kept.add(new Selection.Kept(snapshot, reasons));
      }
    }
    return new Selection(kept, removed);
  }

  /** Ask for each snapshot once, from the newest to the oldest. */
  private List<String> reasons(SnapshotDetails snapshot, boolean oldest) {
    List<String> reasons = new ArrayList<>();
    for (String tag : retention.keepTag()) {
      if (snapshot.tags().contains(tag)) {
        reasons.add("has tags [" + tag + "]");
      }
    }
    if (!within.nothing() && snapshot.time().isAfter(withinSince.toInstant())) {
      reasons.add("within " + within);
    }
    if (lastKept < retention.keepLast()) {
      lastKept++;
      reasons.add("last snapshot");
    }
    for (Bucket bucket : buckets) {
      bucket.keeps(snapshot.localTime(), oldest).ifPresent(reasons::add);
    }
    return reasons;
  }
}
