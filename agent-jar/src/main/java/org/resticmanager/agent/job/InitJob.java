package org.resticmanager.agent.job;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import java.io.IOException;
import java.util.Optional;
import org.resticmanager.agent.restic.CatConfig;
import org.resticmanager.agent.restic.Ended;
import org.resticmanager.agent.restic.Init;
import org.resticmanager.agent.restic.Restic;
import org.resticmanager.agent.restic.Trouble;

/** Makes sure that there is a repository: one that is there already, and is ours, is fine. */
final class InitJob {

  private final JobLog log;
  private final SnapshotList snapshots;

  InitJob(JobLog log, SnapshotList snapshots) {
    this.log = log;
    this.snapshots = snapshots;
  }

  Outcome run(Restic restic) throws IOException {
    Ended looked = new CatConfig(restic).run(log);
    if (looked.ok()) {
      log.note("the repository exists already and its password is right: nothing to do");
      snapshots.report(restic);
      return Outcome.succeeded(0, Optional.empty(), "");
    }
    if (looked.cutShort().isPresent() || looked.trouble() != Trouble.REPOSITORY_MISSING) {
      log.warn(looked.reason());
      return Outcome.failed(looked.exitCode(), looked.reason());
    }
    log.note("there is no repository yet: restic " + restic.version().text() + " makes it");
    Ended made = new Init(restic).run(log);
    if (!made.ok()) {
      return Outcome.failed(made.exitCode(), made.reason());
    }
    snapshots.reportEmpty();
    return Outcome.succeeded(
        0, Optional.of(JSON.createObjectBuilder().add("created", true).build()), "");
  }
}
