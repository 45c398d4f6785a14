package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** {@code restic stats}: what the repository holds, counted over all of its snapshots. */
public final class Stats {

  private final Restic restic;

  public Stats(Restic restic) {
    this.restic = restic;
  }

  /**
   * How much the repository takes in its backend.
   *
   * @throws QueryFailed if restic failed or its answer is not understood
   */
  public long rawSizeBytes() throws IOException, QueryFailed {
    return ask("stats", "raw-data", "total_size");
  }

  /**
   * How many files there are, those with the same content counted once: so all that is empty is
   * one, and restic counts folders among that.
   *
   * @throws QueryFailed likewise
   */
  public long uniqueFiles() throws IOException, QueryFailed {
    return ask("stats-files", "files-by-contents", "total_file_count");
  }

  private long ask(String name, String mode, String key) throws IOException, QueryFailed {
    AtomicLong answer = new AtomicLong(-1);
    Ended ended =
        restic.query(
            name,
            List.of("stats", "--mode", mode, "--json"),
            line ->
                JsonLine.parse(line)
                    .filter(json -> json.containsKey("total_size"))
                    .ifPresent(json -> answer.set(JsonLine.count(json, key))),
            (line, json) -> {});
    if (!ended.ok()) {
      throw new QueryFailed(ended.reason());
    }
    if (answer.get() < 0) {
      throw new QueryFailed("restic's statistics were not understood");
    }
    return answer.get();
  }
}
