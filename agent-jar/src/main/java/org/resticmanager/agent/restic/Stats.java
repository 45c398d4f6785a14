package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** {@code restic stats --mode raw-data}: how much the repository takes in its backend. */
public final class Stats {

  private final Restic restic;

  public Stats(Restic restic) {
    this.restic = restic;
  }

  /**
   * Asks.
   *
   * @throws QueryFailed if restic failed or its answer is not understood
   */
  public long rawSizeBytes() throws IOException, QueryFailed {
    AtomicLong size = new AtomicLong(-1);
    Ended ended =
        restic.query(
            "stats",
            List.of("stats", "--mode", "raw-data", "--json"),
            line ->
                JsonLine.parse(line)
                    .filter(json -> json.containsKey("total_size"))
                    .ifPresent(json -> size.set(JsonLine.count(json, "total_size"))),
            (line, json) -> {});
    if (!ended.ok()) {
      throw new QueryFailed(ended.reason());
    }
    if (size.get() < 0) {
      throw new QueryFailed("restic's statistics were not understood");
    }
    return size.get();
  }
}
