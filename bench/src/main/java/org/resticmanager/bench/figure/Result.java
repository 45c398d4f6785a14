package org.resticmanager.bench.figure;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a benchmark has measured. {@code ci/bench} keeps it as {@code bench/results/NAME-DATE.json},
 * from which {@link PerformancePage} fills docs/performance.md.
 *
 * @param bench its name, as {@code ci/bench} knows it
 * @param measured when it began
 * @param commit what was measured; empty if nobody said
 * @param machine where
 * @param measures in their order
 */
public record Result(
    String bench, Instant measured, String commit, Machine machine, List<Measure> measures) {

  /** Begins one, here and now; to be called before the machine is put to work. */
  public static Result begin(String bench) throws IOException {
    return new Result(
        bench,
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        System.getProperty("bench.commit", ""),
        Machine.here(),
        new ArrayList<>());
  }

  public void add(Measure measure) {
    measures.add(measure);
  }

  /** Prints what was measured, and keeps it nowhere. */
  public void print() {
    table().print(System.out);
  }

  /**
   * Prints what was measured, and keeps it in the folder that the system property {@code
   * bench.results} names; without it nowhere.
   */
  public void publish() throws IOException {
    print();
    String folder = System.getProperty("bench.results", "");
    if (!folder.isEmpty()) {
      write(Path.of(folder));
    }
  }

  Table table() {
    Table table = new Table("", "restic-manager", "beside", "ratio", "goal");
    measures.forEach(
        measure ->
            table.row(
                measure.name() + (measure.unit().isEmpty() ? "" : ", " + measure.unit()),
                "%s | %s | %s | %s",
                Figures.of(measure.ours()),
                measure
                    .reference()
                    .map(other -> other.name() + ": " + Figures.of(other.figures()))
                    .orElse(""),
                measure.ratio().map(Figures::ofRatio).orElse(""),
                goals(measure)));
    return table;
  }

  private static String goals(Measure measure) {
    List<String> goals =
        measure.goals().stream()
            .map(goal -> goal.text() + (goal.met() ? ": met" : ": **missed**"))
            .toList();
    return String.join(", ", goals);
  }

  /** When, where and of what, in a sentence. */
  String circumstances() {
    return "%s, %s%d cores of %s, %d GiB, %s, Java %s; load before it began: %s"
        .formatted(
            measured.atZone(ZoneOffset.UTC).toLocalDate(),
            commit.isEmpty() ? "" : "commit " + commit + ", ",
            machine.cores(),
            machine.processor(),
            machine.memoryGib(),
            machine.system(),
            machine.java(),
            Figures.of(machine.load()));
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file =
        folder.resolve(bench + "-" + measured.atZone(ZoneOffset.UTC).toLocalDate() + ".json");
    try (Writer text = Files.newBufferedWriter(file);
        JsonWriter writer =
            Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
      writer.writeObject(toJson());
    }
  }

  private JsonObject toJson() {
    JsonArrayBuilder all = Json.createArrayBuilder();
    measures.forEach(measure -> all.add(toJson(measure)));
    return Json.createObjectBuilder()
        .add("bench", bench)
        .add("measured", measured.toString())
        .add("commit", commit)
        .add(
            "machine",
            Json.createObjectBuilder()
                .add("processor", machine.processor())
                .add("cores", machine.cores())
                .add("memoryGib", machine.memoryGib())
                .add("system", machine.system())
                .add("java", machine.java())
                .add("load", machine.load()))
        .add("measures", all)
        .build();
  }

  private static JsonObject toJson(Measure measure) {
    JsonArrayBuilder goals = Json.createArrayBuilder();
    measure
        .goals()
        .forEach(
            goal ->
                goals.add(
                    Json.createObjectBuilder().add("goal", goal.text()).add("met", goal.met())));
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("name", measure.name())
            .add("unit", measure.unit())
            .add("ours", toJson(measure.ours()));
    measure
        .reference()
        .ifPresent(
            other ->
                json.add(
                    "reference",
                    Json.createObjectBuilder()
                        .add("name", other.name())
                        .add("figures", toJson(other.figures()))));
    return json.add("goals", goals).build();
  }

  private static JsonArrayBuilder toJson(Sample sample) {
    JsonArrayBuilder figures = Json.createArrayBuilder();
    sample.figures().forEach(figures::add);
    return figures;
  }

  /** What {@link #write} wrote. */
  static Result read(Path file) throws IOException {
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
      JsonObject json = reader.readObject();
      JsonObject machine = json.getJsonObject("machine");
      return new Result(
          json.getString("bench"),
          Instant.parse(json.getString("measured")),
          json.getString("commit"),
          new Machine(
              machine.getString("processor"),
              machine.getInt("cores"),
              machine.getJsonNumber("memoryGib").longValue(),
              machine.getString("system"),
              machine.getString("java"),
              machine.getJsonNumber("load").doubleValue()),
          json.getJsonArray("measures").getValuesAs(JsonObject.class).stream()
              .map(Result::measure)
              .toList());
    }
  }

  private static Measure measure(JsonObject json) {
    return new Measure(
        json.getString("name"),
        json.getString("unit"),
        sample(json, "ours"),
        Optional.ofNullable(json.getJsonObject("reference"))
            .map(other -> new Measure.Reference(other.getString("name"), sample(other, "figures"))),
        json.getJsonArray("goals").getValuesAs(JsonObject.class).stream()
            .map(goal -> new Goal(goal.getString("goal"), goal.getBoolean("met")))
            .toList());
  }

  private static Sample sample(JsonObject json, String name) {
    return new Sample(
        json.getJsonArray(name).getValuesAs(JsonNumber.class).stream()
            .map(JsonNumber::doubleValue)
            .toList());
  }
}
