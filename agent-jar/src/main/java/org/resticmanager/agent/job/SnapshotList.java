package org.resticmanager.agent.job;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.restic.BackupSummary;
import org.resticmanager.agent.restic.ListedSnapshot;
import org.resticmanager.agent.restic.Listing;
import org.resticmanager.agent.restic.QueryFailed;
import org.resticmanager.agent.restic.Restic;
import org.resticmanager.agent.restic.Snapshots;
import org.resticmanager.agent.restic.Stats;
import org.resticmanager.agent.spool.FrameTooLarge;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.AgentMessage;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.MessageType;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;

/**
 * Reports what is in the repository after a job. Whatever fails here, be it for a full disk, is a
 * warning in the job's log: the job itself is done.
 */
final class SnapshotList {

  private final JobSpool spool;
  private final JobLog log;
  private final SizeAsked sizeAsked;
  private final Agreed agreed;

  SnapshotList(JobSpool spool, JobLog log, SizeAsked sizeAsked, Agreed agreed) {
    this.spool = spool;
    this.log = log;
    this.sizeAsked = sizeAsked;
    this.agreed = agreed;
  }

  /** A repository that was made just now. */
  void reportEmpty() throws IOException {
    sizeAsked.forget();
    try {
      report(new Overview(), new Measured(0L, 0L, OptionalLong.empty()), Pruned.NOT);
      append(SnapshotsReport.whole(List.of()));
    } catch (IOException e) {
      notStored(Words.of(e));
    }
  }

  /** Asks restic and reports. */
  void report(Restic restic) {
    report(restic, Pruned.NOT);
  }

  /** Asks restic and reports, after a prune. */
  void report(Restic restic, Pruned pruned) {
    ask(restic, Optional.empty(), () -> measured(restic), pruned, Set.of());
  }

  /**
   * Asks restic and reports, after a forget.
   *
   * @return how many of the forgotten restic lists; empty if it does not answer
   */
  OptionalLong report(Restic restic, Set<String> forgotten) {
    Optional<Overview> overview =
        ask(restic, Optional.empty(), () -> measured(restic), Pruned.NOT, forgotten);
    return overview.isPresent() ? OptionalLong.of(overview.get().forgotten) : OptionalLong.empty();
  }

  /**
   * Reports after a backup: what it has added, if that is known and the control plane is content
   * with it; else, and now and then in any case, what restic lists. Asks for the repository's size
   * only now and then.
   *
   * @param made what the backup says of its snapshot
   * @param added that snapshot; empty if we do not know enough of it
   */
  void reportBackup(Restic restic, Optional<BackupSummary> made, Optional<Snapshot> added) {
    boolean lately = sizeAsked.lately();
    Optional<Snapshot> alone =
        added.filter(snapshot -> lately && agreed.includes(Feature.SNAPSHOTS_ADDED));
    if (alone.isPresent() && reported(alone.get())) {
      return;
    }
    ask(restic, made, () -> lately ? Measured.NOT : measured(restic), Pruned.NOT, Set.of());
  }

  /** Returns false if no frame holds it. */
  private boolean reported(Snapshot added) {
    try {
      append(SnapshotsReport.added(List.of(added)));
      return true;
    } catch (FrameTooLarge e) {
      return false;
    } catch (IOException e) {
      log.warn("the new snapshot could not be stored: " + Words.of(e));
      return true;
    }
  }

  /** Asks restic and reports; empty if it does not answer, which is said in the log. */
  private Optional<Overview> ask(
      Restic restic,
      Optional<BackupSummary> made,
      Supplier<Measured> measured,
      Pruned pruned,
      Set<String> forgotten) {
    log.note("reading the list of snapshots");
    Listing listing;
    SnapshotParts parts = new SnapshotParts(spool.codec());
    Overview overview;
    try {
      listing = new Snapshots(restic).list();
      overview = look(listing, made, parts, forgotten);
    } catch (QueryFailed e) {
      log.warn("the snapshots could not be listed: " + e.getMessage());
      return Optional.empty();
    } catch (IOException | OutOfMemoryError e) {
      log.warn("the snapshots could not be listed: " + Words.of(e));
      return Optional.empty();
    }
    try {
      report(overview, measured.get(), pruned);
      report(listing, made, parts);
    } catch (QueryFailed | IOException | OutOfMemoryError e) {
      notStored(Words.of(e));
    }
    return Optional.of(overview);
  }

  private void notStored(String why) {
    log.warn("what is in the repository could not be stored: " + why);
  }

  private static Overview look(
      Listing listing, Optional<BackupSummary> made, SnapshotParts parts, Set<String> forgotten)
      throws IOException, QueryFailed {
    Overview overview = new Overview();
    listing.read(
        listed -> {
          Snapshot snapshot = wire(listed, made);
          parts.measure(snapshot);
          overview.add(snapshot, forgotten.contains(snapshot.id()));
        });
    return overview;
  }

  private void report(Overview overview, Measured measured, Pruned pruned) throws IOException {
    append(
        new RepoStats(
            overview.totalSize(),
            measured.rawSizeBytes(),
            measured.uniqueFiles(),
            overview.count,
            null,
            "",
            null,
            pruned.at(),
            pruned.freedBytes()));
    if (measured.uncompressedBytes().isPresent()) {
      spool.append(RepoStats.ofCompression(measured.uncompressedBytes().getAsLong()));
    }
  }

  private void report(Listing listing, Optional<BackupSummary> made, SnapshotParts parts)
      throws IOException, QueryFailed {
    if (spool.told(MessageType.SNAPSHOTS_REPORT)) {
      return;
    }
    parts.tooLarge().forEach(id -> log.warn("snapshot " + id + " is too large to be told of"));
    if (parts.count() == 0) {
      spool.append(SnapshotsReport.whole(List.of()));
    }
    listing.read(
        listed -> {
          Optional<SnapshotsReport> part = parts.next(wire(listed, made));
          if (part.isPresent()) {
            append(part.get(), parts.count());
          }
        });
  }

  private void append(SnapshotsReport report, int parts) throws IOException {
    if (parts == 1) {
      spool.append(report);
    } else {
      spool.appendPart(report);
      log.note("list of snapshots: part " + report.part() + " of " + report.parts());
    }
  }

  /** An earlier process may have come as far. */
  private void append(AgentMessage message) throws IOException {
    if (!spool.told(MessageType.of(message))) {
      spool.append(message);
    }
  }

  private Measured measured(Restic restic) {
    Stats stats = new Stats(restic);
    try {
      Stats.RawSize size = stats.rawSize();
      long files = stats.uniqueFiles();
      sizeAsked.now();
      return new Measured(size.bytes(), files, size.uncompressedBytes());
    } catch (QueryFailed e) {
      log.warn("the repository's size could not be found out: " + e.getMessage());
    } catch (IOException e) {
      log.warn("the repository's size could not be found out: " + Words.of(e));
    }
    return Measured.NOT;
  }

  private static Snapshot wire(ListedSnapshot snapshot, Optional<BackupSummary> made) {
    // restic before 0.17 records no sizes, but it has just told us those of this one
    Optional<BackupSummary> sizes =
        snapshot.fileCount() == 0
            ? made.filter(
                summary -> summary.snapshotId().filter(snapshot.id()::startsWith).isPresent())
            : Optional.empty();
    return new Snapshot(
        snapshot.id(),
        snapshot.shortId(),
        snapshot.time().orElse(null),
        snapshot.hostname(),
        snapshot.paths(),
        snapshot.tags(),
        sizes.map(BackupSummary::bytesProcessed).orElse(snapshot.sizeBytes()),
        sizes.map(BackupSummary::filesProcessed).orElse(snapshot.fileCount()));
  }

  /** What a first look at a list shows. */
  private static final class Overview {

    private long count;
    private long forgotten;
    private long bytes;
    private boolean sizesKnown = true;

    void add(Snapshot snapshot, boolean toBeGone) {
      count++;
      forgotten += toBeGone ? 1 : 0;
      bytes += snapshot.sizeBytes();
      sizesKnown &= snapshot.fileCount() > 0;
    }

    /** What a restore of everything would have; null if restic has not noted all sizes. */
    Long totalSize() {
      return sizesKnown ? bytes : null;
    }
  }

  /**
   * What restic has counted in the whole repository; null if it was not asked.
   *
   * @param rawSizeBytes how much it takes in its backend
   * @param uniqueFiles files with the same content counted once
   * @param uncompressedBytes how much it would take without compression
   */
  private record Measured(Long rawSizeBytes, Long uniqueFiles, OptionalLong uncompressedBytes) {

    private static final Measured NOT = new Measured(null, null, OptionalLong.empty());
  }

  /**
   * A prune that has ended.
   *
   * @param at when; null if there was none
   * @param freedBytes what it freed; null if it does not say
   */
  record Pruned(Instant at, Long freedBytes) {

    private static final Pruned NOT = new Pruned(null, null);
  }
}
