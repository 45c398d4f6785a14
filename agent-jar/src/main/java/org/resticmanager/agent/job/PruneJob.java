package org.resticmanager.agent.job;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.resticmanager.agent.restic.Ended;
import org.resticmanager.agent.restic.Prune;
import org.resticmanager.agent.restic.Restic;

/** Deletes what no snapshot needs, and reports how large the repository is then. */
final class PruneJob {

  private final JobLog log;
  private final SnapshotList snapshots;
  private final Clock clock;

  PruneJob(JobLog log, SnapshotList snapshots, Clock clock) {
    this.log = log;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  Outcome run(Restic restic) throws IOException {
    log.note("restic " + restic.version().text() + " prunes the repository");
    Prune prune = new Prune(restic);
    Ended ended = prune.run(log);
    if (!ended.ok()) {
      return Outcome.failed(ended.exitCode(), ended.reason());
    }
    OptionalLong freed = prune.freedBytes();
    snapshots.report(
        restic,
        new SnapshotList.Pruned(clock.instant(), freed.isPresent() ? freed.getAsLong() : null));
    return Outcome.succeeded(
        0,
        freed.isPresent()
            ? Optional.of(JSON.createObjectBuilder().add("freed_bytes", freed.getAsLong()).build())
            : Optional.empty(),
        "");
  }
}
