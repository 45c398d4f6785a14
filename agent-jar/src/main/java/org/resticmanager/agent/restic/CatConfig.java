package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.List;

/** {@code restic cat config}: the cheapest way to ask whether a repository is there and is ours. */
public final class CatConfig {

  private final Restic restic;
  private final String name;

  public CatConfig(Restic restic) {
    this(restic, "cat-config");
  }

  /**
   * @param name for a job that asks more than once: which time it is
   */
  public CatConfig(Restic restic, String name) {
    this.restic = restic;
    this.name = name;
  }

  /**
   * Ends well if the repository is there and the password is right.
   *
   * @param output gets the lines that tell of repeated requests: restic may go on with them for
   *     minutes, and a person should see why nothing else happens
   */
  public Ended run(ResticOutput output) throws IOException {
    // what it prints holds the chunker's polynomial, which is nobody's business
    return restic.query(
        name,
        List.of("cat", "config", "--json", "--no-lock"),
        line -> {},
        (line, json) -> {
          if (Complaints.tellsOfRetry(line)) {
            output.stderr(line);
          }
        });
  }
}
