package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** {@code restic list locks}: how many locks lie in the repository, without making one. */
public final class ListLocks {

  private final Restic restic;

  public ListLocks(Restic restic) {
    this.restic = restic;
  }

  /**
   * Asks.
   *
   * @throws QueryFailed if restic failed
   */
  public long count() throws IOException, QueryFailed {
    AtomicLong locks = new AtomicLong();
    Ended ended =
        restic.query(
            "list-locks",
            List.of("list", "locks", "--no-lock"),
            line -> {
              if (!line.isBlank()) {
                locks.incrementAndGet();
              }
            },
            (line, json) -> {});
    if (!ended.ok()) {
      throw new QueryFailed(ended.reason());
    }
    return locks.get();
  }
}
