package org.resticmanager.conformance.check;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Results for programs. */
public final class JsonReport {

  private JsonReport() {}

  /** Writes {@code {"peer", "checks": [{section, id, words, result, …}]}}, replacing the file. */
  public static void write(Path file, String peer, List<Result> results) throws IOException {
    JsonArrayBuilder checks = Json.createArrayBuilder();
    results.forEach(result -> checks.add(row(result)));
    try (Writer out = Files.newBufferedWriter(file);
        JsonWriter json = Json.createWriter(out)) {
      json.writeObject(Json.createObjectBuilder().add("peer", peer).add("checks", checks).build());
    }
  }

  private static JsonObjectBuilder row(Result result) {
    JsonObjectBuilder row =
        Json.createObjectBuilder()
            .add("section", result.check().section())
            .add("id", result.check().id())
            .add("words", result.check().words())
            .add("result", result.verdict().name().toLowerCase(Locale.ROOT))
            .add("tookMillis", result.took().toMillis());
    switch (result.verdict()) {
      case BROKEN ->
          row.add("expected", Printable.of(result.expected()))
              .add("came", Printable.of(result.detail()));
      case NOT_CHECKED -> row.add("reason", Printable.of(result.detail()));
      case HELD -> {}
    }
    return row;
  }
}
