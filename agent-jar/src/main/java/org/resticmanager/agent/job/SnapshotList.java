package org.resticmanager.agent.job;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.restic.BackupSummary;
import org.resticmanager.agent.restic.ListedSnapshot;
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
    report(List.of(), new Measured(0L, 0L, OptionalLong.empty()), Optional.empty(), Pruned.NOT);
  }

  /** Asks restic and reports. */
  void report(Restic restic) {
    report(restic, Pruned.NOT);
  }

  /** Asks restic and reports, after a prune. */
  void report(Restic restic, Pruned pruned) {
    list(restic).ifPresent(listed -> report(listed, measured(restic), Optional.empty(), pruned));
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
    list(restic)
        .ifPresent(
            listed -> report(listed, lately ? Measured.NOT : measured(restic), made, Pruned.NOT));
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

  /** Asks restic; empty if it does not answer, which is said in the log. */
  Optional<List<ListedSnapshot>> list(Restic restic) {
    log.note("reading the list of snapshots");
    try {
      return Optional.of(new Snapshots(restic).list());
    } catch (QueryFailed e) {
      log.warn("the snapshots could not be listed: " + e.getMessage());
    } catch (IOException e) {
      log.warn("the snapshots could not be listed: " + Words.of(e));
    }
    return Optional.empty();
  }

  /** Reports what was listed already. */
  void report(Restic restic, List<ListedSnapshot> listed) {
    report(listed, measured(restic), Optional.empty(), Pruned.NOT);
  }

  private void report(
      List<ListedSnapshot> listed, Measured measured, Optional<BackupSummary> made, Pruned pruned) {
    List<Snapshot> snapshots = listed.stream().map(s -> wire(s, made)).toList();
    try {
      append(
          new RepoStats(
              totalSize(snapshots),
              measured.rawSizeBytes(),
              measured.uniqueFiles(),
              (long) listed.size(),
              null,
              "",
              null,
              pruned.at(),
              pruned.freedBytes()));
      if (measured.uncompressedBytes().isPresent()) {
        spool.append(RepoStats.ofCompression(measured.uncompressedBytes().getAsLong()));
      }
      if (!spool.told(MessageType.SNAPSHOTS_REPORT)) {
        append(new SnapshotParts(spool.codec(), snapshots));
      }
    } catch (IOException e) {
      log.warn("what is in the repository could not be stored: " + Words.of(e));
    }
  }

  /** The size that a restore of everything would have; null if restic has not noted all sizes. */
  private static Long totalSize(List<Snapshot> snapshots) {
    return snapshots.stream().anyMatch(snapshot -> snapshot.fileCount() == 0)
        ? null
        : snapshots.stream().mapToLong(Snapshot::sizeBytes).sum();
  }

  private void append(SnapshotParts report) throws IOException {
    report.tooLarge().forEach(id -> log.warn("snapshot " + id + " is too large to be told of"));
    List<SnapshotsReport> parts = report.parts();
    if (parts.size() == 1) {
      spool.append(parts.get(0));
      return;
    }
    for (SnapshotsReport part : parts) {
      spool.appendPart(part);
      log.note("list of snapshots: part " + part.part() + " of " + part.parts());
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
