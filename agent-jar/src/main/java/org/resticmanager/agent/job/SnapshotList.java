package org.resticmanager.agent.job;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.restic.BackupSummary;
import org.resticmanager.agent.restic.ListedSnapshot;
import org.resticmanager.agent.restic.QueryFailed;
import org.resticmanager.agent.restic.Restic;
import org.resticmanager.agent.restic.Snapshots;
import org.resticmanager.agent.restic.Stats;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.AgentMessage;
import org.resticmanager.protocol.wire.MessageType;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * Reports what is in the repository after a job. Whatever fails here is a warning in the job's log:
 * the job itself is done.
 */
final class SnapshotList {

  private final JobSpool spool;
  private final JobLog log;
  private final WireCodec codec = new WireCodec();

  SnapshotList(JobSpool spool, JobLog log) {
    this.spool = spool;
    this.log = log;
  }

  /** A repository that was made just now. */
  void reportEmpty() throws IOException {
    append(stats(0, Optional.of(0L)));
    append(SnapshotsReport.whole(List.of()));
  }

  /** An earlier process may have come as far. */
  private void append(AgentMessage message) throws IOException {
    if (!spool.told(MessageType.of(message))) {
      spool.append(message);
    }
  }

  /**
   * Asks restic and reports.
   *
   * @param made what the backup that just ended says of its snapshot
   */
  void report(Restic restic, Optional<BackupSummary> made) throws IOException {
    List<ListedSnapshot> listed;
    try {
      listed = new Snapshots(restic).list();
    } catch (QueryFailed e) {
      log.warn("the snapshots could not be listed: " + e.getMessage());
      return;
    }
    append(stats(listed.size(), rawSize(restic)));
    if (!spool.told(MessageType.SNAPSHOTS_REPORT)) {
      append(new SnapshotParts(codec, listed.stream().map(s -> wire(s, made)).toList()));
    }
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

  private Optional<Long> rawSize(Restic restic) {
    try {
      return Optional.of(new Stats(restic).rawSizeBytes());
    } catch (QueryFailed e) {
      log.warn("the repository's size could not be found out: " + e.getMessage());
    } catch (IOException e) {
      log.warn("the repository's size could not be found out: " + Words.of(e));
    }
    return Optional.empty();
  }

  private static RepoStats stats(long snapshots, Optional<Long> rawSizeBytes) {
    return new RepoStats(
        null, rawSizeBytes.orElse(null), null, snapshots, null, "", null, null, null);
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
}
