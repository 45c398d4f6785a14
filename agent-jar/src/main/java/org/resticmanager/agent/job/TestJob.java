package org.resticmanager.agent.job;

import java.io.IOException;
import java.util.Optional;
import org.resticmanager.agent.restic.CatConfig;
import org.resticmanager.agent.restic.Ended;
import org.resticmanager.agent.restic.Restic;

/** Tries whether the repository can be opened, and says what is in the way. Writes nothing. */
final class TestJob {

  private final JobLog log;

  TestJob(JobLog log) {
    this.log = log;
  }

  Outcome run(Restic restic) throws IOException {
    Ended looked = new CatConfig(restic).run(log);
    if (!looked.ok()) {
      log.warn(looked.reason());
      return Outcome.failed(looked.exitCode(), looked.reason());
    }
    log.note("the repository is there and can be opened");
    return Outcome.succeeded(0, Optional.empty(), "");
  }
}
