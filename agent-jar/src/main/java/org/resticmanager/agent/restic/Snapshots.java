package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.List;

/** {@code restic snapshots}: all snapshots of the repository. */
public final class Snapshots {

  private static final String NAME = "snapshots";

  private final Restic restic;

  public Snapshots(Restic restic) {
    this.restic = restic;
  }

  /**
   * Has restic list them.
   *
   * @throws QueryFailed if restic failed
   */
  public Listing list() throws IOException, QueryFailed {
    Ended ended =
        restic.query(NAME, List.of("snapshots", "--json"), line -> {}, (line, json) -> {});
    if (!ended.ok()) {
      throw new QueryFailed(ended.reason());
    }
    return new Listing(restic.output(NAME));
  }
}
