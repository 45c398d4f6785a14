package org.resticmanager.agent.restic;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code restic forget}: removes the snapshots that a policy does not keep, not their data. */
public final class Forget {

  private final Restic restic;
  private final String name;

  /**
   * @param number tells this one from the others of the same job
   */
  public Forget(Restic restic, int number) {
    this.restic = restic;
    this.name = "forget-" + number;
  }

  /**
   * Runs it. What restic says on stdout is one long line for machines: see {@link #removed()}.
   *
   * @param host only snapshots of this host
   * @param tag only snapshots with this tag, all of them in one row whatever their paths; empty for
   *     all of the host, in a row for each set of paths
   * @param keep restic's {@code --keep-} arguments; never none
   */
  public Ended run(String host, String tag, List<String> keep, ResticOutput output)
      throws IOException {
    if (keep.isEmpty()) {
      throw new IllegalArgumentException("without a policy everything would be deleted");
    }
    List<String> arguments = new ArrayList<>(List.of("forget", "--json", "--host=" + host));
    if (!tag.isEmpty()) {
      arguments.add("--tag=" + tag);
      arguments.add("--group-by=host");
    }
    arguments.addAll(keep);
    return restic.run(name, arguments, line -> {}, output::complaint);
  }

  /**
   * What it says it did. Whether it is true, a fresh list of snapshots says: on a server that
   * denies deletion some versions claim success.
   *
   * @throws QueryFailed if its answer is not understood
   */
  public Removal removed() throws IOException, QueryFailed {
    return parse(restic.output(name));
  }

  /** Nothing at all where no snapshot matched. */
  static Removal parse(Path output) throws IOException, QueryFailed {
    if (Files.size(output) == 0) {
      return new Removal(0, List.of());
    }
    int kept = 0;
    List<String> removed = new ArrayList<>();
    try (InputStream in = Files.newInputStream(output);
        JsonParser parser = JSON.createParser(in)) {
      if (!parser.hasNext() || parser.next() != JsonParser.Event.START_ARRAY) {
        throw new QueryFailed("what restic forgot was not understood");
      }
      for (JsonObject group :
          parser
              .getArrayStream()
              .filter(JsonObject.class::isInstance)
              .map(JsonObject.class::cast)
              .toList()) {
        kept += ids(group, "keep").size();
        removed.addAll(ids(group, "remove"));
      }
      return new Removal(kept, List.copyOf(removed));
    } catch (JsonException e) {
      throw new QueryFailed("what restic forgot was not understood");
    }
  }

  private static List<String> ids(JsonObject group, String key) {
    return group.get(key) instanceof JsonArray snapshots
        ? snapshots.stream()
            .filter(JsonObject.class::isInstance)
            .map(snapshot -> JsonLine.text((JsonObject) snapshot, "id"))
            .filter(id -> !id.isEmpty())
            .toList()
        : List.of();
  }

  /**
   * What a forget says of itself.
   *
   * @param kept how many snapshots stay
   * @param removed the ids of the others
   */
  public record Removal(int kept, List<String> removed) {}
}
