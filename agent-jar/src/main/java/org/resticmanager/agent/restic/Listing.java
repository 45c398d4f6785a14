package org.resticmanager.agent.restic;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * The snapshots of a repository as restic has listed them, on the disk. They are read one by one:
 * those of a large repository do not fit into an agent's memory.
 */
public final class Listing {

  private final Path output;

  Listing(Path output) {
    this.output = output;
  }

  /**
   * Gives each of them, in restic's order; may be repeated.
   *
   * @throws QueryFailed if restic's answer is not understood, be it from some snapshot on
   */
  public void read(Reader reader) throws IOException, QueryFailed {
    // the answer is one array on one line, however long
    try (InputStream in = Files.newInputStream(output);
        JsonParser parser = JSON.createParser(in)) {
      if (!parser.hasNext() || parser.next() != JsonParser.Event.START_ARRAY) {
        throw new QueryFailed("restic's list of snapshots was not understood");
      }
      Iterator<JsonValue> values = parser.getArrayStream().iterator();
      while (values.hasNext()) {
        if (values.next() instanceof JsonObject object) {
          ListedSnapshot snapshot = ListedSnapshot.of(object);
          if (!snapshot.id().isEmpty()) {
            reader.take(snapshot);
          }
        }
      }
    } catch (JsonException e) {
      throw new QueryFailed("restic's list of snapshots was not understood");
    }
  }

  /** Takes one snapshot after the other. */
  @FunctionalInterface
  public interface Reader {

    void take(ListedSnapshot snapshot) throws IOException;
  }
}
