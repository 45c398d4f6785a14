package org.resticmanager.agent.restic;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code restic snapshots}: all snapshots of the repository. */
public final class Snapshots {

  private static final String NAME = "snapshots";

  private final Restic restic;

  public Snapshots(Restic restic) {
    this.restic = restic;
  }

  /**
   * Lists them.
   *
   * @throws QueryFailed if restic failed or its answer is not understood
   */
  public List<ListedSnapshot> list() throws IOException, QueryFailed {
    Ended ended =
        restic.query(NAME, List.of("snapshots", "--json"), line -> {}, (line, json) -> {});
    if (!ended.ok()) {
      throw new QueryFailed(ended.reason());
    }
    return parse(restic.output(NAME));
  }

  /** The answer is one array on one line, however long. */
  static List<ListedSnapshot> parse(Path output) throws IOException, QueryFailed {
    try (InputStream in = Files.newInputStream(output);
        JsonParser parser = JSON.createParser(in)) {
      if (!parser.hasNext() || parser.next() != JsonParser.Event.START_ARRAY) {
        throw new QueryFailed("restic's list of snapshots was not understood");
      }
      return parser
          .getArrayStream()
          .filter(JsonObject.class::isInstance)
          .map(value -> ListedSnapshot.of((JsonObject) value))
          .filter(snapshot -> !snapshot.id().isEmpty())
          .toList();
    } catch (JsonException e) {
      throw new QueryFailed("restic's list of snapshots was not understood");
    }
  }
}
