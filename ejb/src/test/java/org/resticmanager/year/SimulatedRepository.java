package org.resticmanager.year;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ForgetGroup;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.repository.RepositoryId;

/** The snapshots that restic would list, newest last, and what its forget would do to them. */
final class SimulatedRepository {

  private final RepositoryId id;
  private final List<Snapshot> snapshots = new ArrayList<>();
  private int made;

  SimulatedRepository(RepositoryId id) {
    this.id = id;
  }

  RepositoryId id() {
    return id;
  }

  /** Returns the id of the new snapshot. */
  String backUp(CommandRun backup, String hostname, Instant at, ZoneId zone) {
    String snapshot = String.format("%08d%056d", ++made, made);
    snapshots.add(
        new Snapshot(
            snapshot,
            snapshot.substring(0, 8),
            at.atZone(zone).toOffsetDateTime(),
            hostname,
            backup.includes(),
            List.of(backup.tag()),
            1000,
            1));
    return snapshot;
  }

  void forget(CommandRun forget, String hostname) {
    for (ForgetGroup group : forget.forgetGroups()) {
      List<Snapshot> ofGroup = of(hostname, group.tag());
      int kept = Math.toIntExact(group.retentionPolicy().keepLast());
      snapshots.removeAll(ofGroup.subList(0, Math.max(0, ofGroup.size() - kept)));
    }
  }

  List<Snapshot> of(String hostname, String tag) {
    return snapshots.stream()
        .filter(snapshot -> snapshot.hostname().equals(hostname) && snapshot.tags().contains(tag))
        .toList();
  }

  SnapshotsReport report() {
    return SnapshotsReport.whole(snapshots);
  }
}
