package org.resticmanager.agent.job;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.resticmanager.agent.restic.Check;
import org.resticmanager.agent.restic.Ended;
import org.resticmanager.agent.restic.Restic;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.MessageType;
import org.resticmanager.protocol.wire.RepoStats;

/** Looks whether the repository is whole, and reports what was found. */
final class CheckJob {

  private static final String OK = "ok";

  private final JobSpool spool;
  private final JobLog log;
  private final Clock clock;

  CheckJob(JobSpool spool, JobLog log, Clock clock) {
    this.spool = spool;
    this.log = log;
    this.clock = clock;
  }

  Outcome run(Restic restic) throws IOException {
    String subset = spool.command().readDataSubset();
    log.note(
        "restic "
            + restic.version().text()
            + " checks the repository"
            + (subset.isEmpty() ? "" : " and reads " + subset + " of its data"));
    Ended ended = new Check(restic).run(subset, log);
    if (ended.ok()) {
      report(OK);
      return Outcome.succeeded(0, Optional.empty(), "");
    }
    String reason = ended.reason();
    if (Check.foundDamage(ended)) {
      report(reason);
      return Outcome.failed(ended.exitCode(), "the repository is damaged: " + reason);
    }
    return Outcome.failed(ended.exitCode(), reason);
  }

  private void report(String found) throws IOException {
    RepoStats stats =
        new RepoStats(null, null, null, null, clock.instant(), found, null, null, null);
    if (!spool.told(MessageType.of(stats))) {
      spool.append(stats);
    }
  }
}
