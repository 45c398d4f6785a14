package org.resticmanager.agent.job;

import java.io.IOException;
import java.util.Optional;
import org.resticmanager.agent.restic.Ended;
import org.resticmanager.agent.restic.ListLocks;
import org.resticmanager.agent.restic.QueryFailed;
import org.resticmanager.agent.restic.Restic;
import org.resticmanager.agent.restic.Unlock;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.MessageType;
import org.resticmanager.protocol.wire.RepoStats;

/**
 * Takes away the locks of those that are dead, or, if that was asked for in so many words, all of
 * them; and reports whether there is one left.
 */
final class UnlockJob {

  private final JobSpool spool;
  private final JobLog log;

  UnlockJob(JobSpool spool, JobLog log) {
    this.spool = spool;
    this.log = log;
  }

  Outcome run(Restic restic) throws IOException {
    boolean all = spool.command().args().contains(Acceptance.REMOVE_ALL);
    log.note(
        all
            ? "taking away all locks, also those of a restic that lives"
            : "taking away the locks of those that are dead");
    Ended ended = new Unlock(restic).run(all, log);
    if (!ended.ok()) {
      return Outcome.failed(ended.exitCode(), ended.reason());
    }
    try {
      long left = new ListLocks(restic).count();
      report(left > 0);
      String found =
          left + (left == 1 ? " lock is" : " locks are") + " left: a restic that lives holds it";
      return Outcome.succeeded(0, Optional.empty(), left == 0 ? "" : found);
    } catch (QueryFailed e) {
      log.warn("whether a lock is left could not be found out: " + e.getMessage());
      return Outcome.succeeded(0, Optional.empty(), "");
    }
  }

  private void report(boolean locked) throws IOException {
    RepoStats stats = new RepoStats(null, null, null, null, null, "", locked, null, null);
    if (!spool.told(MessageType.of(stats))) {
      spool.append(stats);
    }
  }
}
