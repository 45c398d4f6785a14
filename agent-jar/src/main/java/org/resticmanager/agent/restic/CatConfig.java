package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.List;

/** {@code restic cat config}: the cheapest way to ask whether a repository is there and is ours. */
public final class CatConfig {

  private final Restic restic;

  public CatConfig(Restic restic) {
    this.restic = restic;
  }

  /** Ends well if the repository is there and the password is right. */
  public Ended run() throws IOException {
    // what it prints holds the chunker's polynomial, which is nobody's business
    return restic.run(
        "cat-config", List.of("cat", "config", "--json"), line -> {}, (line, json) -> {});
  }
}
