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

  /** Runs it; all that restic says goes to the output. */
  public Ended run(ResticOutput output) throws IOException {
    return restic.query(
        "unlock",
        List.of("unlock"),
        output::stdout,
        (line, json) -> {
          if (json) {
            output.event(line);
          } else {
            output.stderr(line);
          }
        });
  }
}
