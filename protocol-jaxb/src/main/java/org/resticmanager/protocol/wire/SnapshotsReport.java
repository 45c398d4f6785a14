package org.resticmanager.protocol.wire;

import java.util.List;

/**
 * The full list of snapshots in the host's repository; replaces what the server knew.
 *
 * @param snapshots all of them
 */
public record SnapshotsReport(List<Snapshot> snapshots) implements AgentMessage {

  public SnapshotsReport {
    snapshots = Require.listOrEmpty(snapshots);
  }
}
