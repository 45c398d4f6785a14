package org.resticmanager.agent.job;

import java.io.IOException;
import java.util.Optional;
import org.resticmanager.agent.restic.CatConfig;
import org.resticmanager.agent.restic.Ended;
import org.resticmanager.agent.restic.KeyAdd;
import org.resticmanager.agent.restic.Restic;
import org.resticmanager.agent.restic.Trouble;

/**
 * Makes that another password opens the repository too, and succeeds only when it was seen to. One
 * that does already is fine: the job may be a repetition.
 */
final class KeyAddJob {

  private final String password;
  private final JobLog log;

  /**
   * @param password the one that is to come; empty if the control plane does not want it any more
   */
  KeyAddJob(String password, JobLog log) {
    this.password = password;
    this.log = log;
  }

  /**
   * @param current opens the repository with the password in use
   * @param next opens it with the one that is to come
   */
  Outcome run(Restic current, Restic next) throws IOException {
    if (password.isEmpty()) {
      return Outcome.failed(Outcome.NO_EXIT_CODE, "the new password is not wanted any more");
    }
    Ended before = new CatConfig(next, "cat-config-before").run(log);
    if (before.ok()) {
      log.note("the new password opens the repository already: nothing to add");
      return Outcome.succeeded(0, Optional.empty(), "");
    }
    if (before.cutShort().isPresent() || before.trouble() != Trouble.WRONG_PASSWORD) {
      return Outcome.failed(before.exitCode(), before.reason());
    }
    log.note("restic " + current.version().text() + " adds a key for the new password");
    Ended added = new KeyAdd(current).run(password, log);
    if (!added.ok()) {
      return Outcome.failed(added.exitCode(), added.reason());
    }
    Ended after = new CatConfig(next, "cat-config-after").run(log);
    if (!after.ok()) {
      return Outcome.failed(
          after.exitCode(),
          "the new password does not open the repository although a key was added: "
              + after.reason());
    }
    log.note("the new password opens the repository");
    return Outcome.succeeded(0, Optional.empty(), "");
  }
}
