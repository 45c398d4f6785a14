package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.List;

/** {@code restic key remove}: makes that a password does not open the repository any more. */
public final class KeyRemove {

  private final Restic restic;
  private final String name;

  /**
   * @param restic opens the repository with a password that stays: restic refuses to remove the key
   *     that it uses
   * @param name for a job that removes more than one: which it is
   */
  public KeyRemove(Restic restic, String name) {
    this.restic = restic;
    this.name = name;
  }

  /** Runs it; all that restic says goes to the output. */
  public Ended run(String key, ResticOutput output) throws IOException {
    return restic.run(name, List.of("key", "remove", key), output::stdout, output::complaint);
  }
}
