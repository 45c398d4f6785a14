package org.resticmanager.agent.restic;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** {@code restic stats}: what the repository holds, counted over all of its snapshots. */
public final class Stats {

  private final Restic restic;

  public Stats(Restic restic) {
    this.restic = restic;
  }

  /**
   * What a repository takes in its backend.
   *
   * @param bytes as it is
   * @param uncompressedBytes as it would be without compression; empty if this restic does not say
   */
  public record RawSize(long bytes, OptionalLong uncompressedBytes) {}

  /**
   * How much the repository takes in its backend.
   *
   * @throws QueryFailed if restic failed or its answer is not understood
   */
  public RawSize rawSize() throws IOException, QueryFailed {
    JsonObject answer = ask("stats", "raw-data");
    return new RawSize(
        JsonLine.count(answer, "total_size"),
        answer.containsKey("total_uncompressed_size")
            ? OptionalLong.of(JsonLine.count(answer, "total_uncompressed_size"))
            : OptionalLong.empty());
  }

  /**
   * How many files there are, those with the same content counted once: so all that is empty is
   * one, and restic counts folders among that.
   *
   * @throws QueryFailed likewise
   */
  public long uniqueFiles() throws IOException, QueryFailed {
    return JsonLine.count(ask("stats-files", "files-by-contents"), "total_file_count");
  }

  private JsonObject ask(String name, String mode) throws IOException, QueryFailed {
    AtomicReference<JsonObject> answer = new AtomicReference<>();
    Ended ended =
        restic.query(
            name,
            List.of("stats", "--mode", mode, "--json"),
            line ->
                JsonLine.parse(line)
                    .filter(json -> json.containsKey("total_size"))
                    .ifPresent(answer::set),
            (line, json) -> {});
    if (!ended.ok()) {
      throw new QueryFailed(ended.reason());
    }
    if (answer.get() == null) {
      throw new QueryFailed("restic's statistics were not understood");
    }
    return answer.get();
  }
}
