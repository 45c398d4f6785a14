package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.List;

/** {@code restic init}: creates a repository; fails on every version if there is one already. */
public final class Init {

  private final Restic restic;

  public Init(Restic restic) {
    this.restic = restic;
  }

  /** Runs it; all that restic says goes to the output. */
  public Ended run(ResticOutput output) throws IOException {
    return restic.run(
        "init",
        List.of("init", "--json"),
        line -> {
          if (JsonLine.parse(line).isPresent()) {
            output.event(line);
          } else {
            output.stdout(line);
          }
        },
        output::complaint);
  }
}
