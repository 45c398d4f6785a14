package org.resticmanager.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A real repository with snapshots of whatever time. Its key is derived in no time, unlike those
 * that restic makes, or several hundred calls would take minutes.
 */
final class DatedRepository {

  private static final int AT_ONCE = 8;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Path folder;
  private final Path restic;

  DatedRepository(Path folder) throws IOException {
    this.folder = folder;
    restic = restic();
    Path made = Path.of("src/test/resources/quick-key-repository");
    for (String part : List.of("data", "index", "keys", "locks", "snapshots")) {
      Files.createDirectories(folder.resolve("repository").resolve(part));
    }
    try (Stream<Path> files = Files.walk(made)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve("repository").resolve(made.relativize(file)));
      }
    }
  }

  private static Path restic() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("../.tools/restic"))) {
      return versions
          .filter(version -> version.getFileName().toString().startsWith("0.18"))
          .map(version -> version.resolve("restic").toAbsolutePath().normalize())
          .findFirst()
          .orElseThrow(() -> new AssertionError("ci/tools restic fetches restic 0.18"));
    }
  }

  /**
   * A snapshot to make.
   *
   * @param time by the clock of its machine
   * @param zone of that machine
   */
  record Wanted(LocalDateTime time, String zone, List<String> tags) {}

  /** Makes them, several at a time: restic mostly waits. */
  void backUp(List<Wanted> snapshots) throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<byte[]>> backups = new ArrayList<>();
      for (Wanted snapshot : snapshots) {
        backups.add(workers.submit(() -> backUp(snapshot)));
      }
      for (Future<byte[]> backup : backups) {
        backup.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private byte[] backUp(Wanted snapshot) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "backup", "-q", "--stdin", "--host=h", "--time=" + TIME.format(snapshot.time())));
    snapshot.tags().forEach(tag -> arguments.add("--tag=" + tag));
    return call(snapshot.zone(), arguments);
  }

  List<SnapshotDetails> snapshots() throws Exception {
    return json(call("UTC", List.of("snapshots", "--json"))).getValuesAs(DatedRepository::details);
  }

  /** What {@code restic forget} says of itself with these {@code --keep} arguments. */
  JsonObject forget(List<String> keep) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("forget", "--dry-run", "--no-lock", "--json", "--group-by=host", "--tag=a"));
    arguments.addAll(keep);
    return json(call("UTC", arguments)).getJsonObject(0);
  }

  private static JsonArray json(byte[] text) {
    try (var reader = Json.createReader(new ByteArrayInputStream(text))) {
      return reader.readArray();
    }
  }

  private static SnapshotDetails details(JsonObject snapshot) {
    OffsetDateTime time = OffsetDateTime.parse(snapshot.getString("time"));
    return new SnapshotDetails(
        snapshot.getString("id"),
        snapshot.getString("short_id"),
        time.toInstant(),
        time.getOffset(),
        snapshot.getString("hostname"),
        List.of(),
        snapshot.getJsonArray("tags").getValuesAs(JsonString::getString),
        0,
        0);
  }

  private byte[] call(String zone, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(restic.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Path errors = Files.createTempFile(folder, "restic", ".err");
    Path input = Files.writeString(Files.createTempFile(folder, "restic", ".in"), "x");
    builder.redirectError(errors.toFile()).redirectInput(input.toFile());
    builder.environment().put("RESTIC_REPOSITORY", folder.resolve("repository").toString());
    builder.environment().put("RESTIC_PASSWORD", "quick");
    builder.environment().put("RESTIC_CACHE_DIR", folder.resolve("cache").toString());
    builder.environment().put("TZ", zone);
    Process process = builder.start();
    byte[] output = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as("%s: %s", command, Files.readString(errors)).isZero();
    return output;
  }
}
