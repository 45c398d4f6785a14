package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.List;

/**
 * {@code restic unlock}: takes away the locks of processes that are dead, or that did not refresh
 * them for long; never one that is alive. Prints text on every version.
 */
public final class Unlock {

  private final Restic restic;

  public Unlock(Restic restic) {
    this.restic = restic;
  }

  /** Takes away what a restic of ours left that had to be killed. */
  public Ended clean(ResticOutput output) throws IOException {
    return run("unlock-killed", List.of("unlock"), output);
  }

  /**
   * Runs it; all that restic says goes to the output.
   *
   * @param all also the locks of those that live; who wants that knows that nobody works there
   */
  public Ended run(boolean all, ResticOutput output) throws IOException {
    return run("unlock", all ? List.of("unlock", "--remove-all") : List.of("unlock"), output);
  }

  private Ended run(String name, List<String> arguments, ResticOutput output) throws IOException {
    return restic.query(name, arguments, output::stdout, output::complaint);
  }
}
