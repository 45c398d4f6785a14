package org.resticmanager.agent.job;

import java.io.IOException;
import java.util.Optional;
import org.resticmanager.agent.restic.Ended;
import org.resticmanager.agent.restic.KeyList;
import org.resticmanager.agent.restic.KeyRemove;
import org.resticmanager.agent.restic.Restic;
import org.resticmanager.agent.restic.Trouble;

/**
 * Removes every key that opens with a certain password, and no other, until that password opens
 * nothing. Nothing to remove is fine: the job may be a repetition.
 */
final class KeyRemoveJob {

  /** restic itself looks at no more when it opens a repository. */
  private static final int MOST_KEYS = 20;

  private final String password;
  private final String used;
  private final JobLog log;

  /**
   * @param password the one that is to go; empty if the control plane does not want that any more
   * @param used the one in use
   */
  KeyRemoveJob(String password, String used, JobLog log) {
    this.password = password;
    this.used = used;
    this.log = log;
  }

  /**
   * @param current opens the repository with the password in use
   * @param leaving opens it with the one that is to go
   */
  Outcome run(Restic current, Restic leaving) throws IOException {
    if (password.isEmpty() || password.equals(used)) {
      return Outcome.failed(
          Outcome.NO_EXIT_CODE,
          password.isEmpty()
              ? "the password is not wanted gone any more"
              : "the password that is to go is the one in use");
    }
    for (int key = 1; key <= MOST_KEYS; key++) {
      KeyList keys = new KeyList(leaving, "key-list-" + key);
      Ended listed = keys.run();
      if (listed.cutShort().isEmpty() && listed.trouble() == Trouble.WRONG_PASSWORD) {
        log.note("the password opens the repository no more");
        return Outcome.succeeded(0, Optional.empty(), "");
      }
      if (!listed.ok()) {
        return Outcome.failed(listed.exitCode(), listed.reason());
      }
      Optional<String> id = keys.current();
      if (id.isEmpty()) {
        return Outcome.failed(Outcome.NO_EXIT_CODE, "restic's list of keys was not understood");
      }
      log.note("restic " + current.version().text() + " removes key " + id.get());
      Ended removed = new KeyRemove(current, "key-remove-" + key).run(id.get(), log);
      if (!removed.ok()) {
        return Outcome.failed(removed.exitCode(), removed.reason());
      }
    }
    return Outcome.failed(
        Outcome.NO_EXIT_CODE,
        "the password still opens the repository after " + MOST_KEYS + " keys were removed");
  }
}
