package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A restic, asked behind the product's back.
 *
 * @param path the program
 */
record Restic(Path path) {

  /** The version, as its folder says it. */
  String version() {
    return path.getParent().getFileName().toString();
  }

  /** For the names of tests. */
  @Override
  public String toString() {
    return "restic " + version();
  }

  /** A repository as this restic sees it; nothing is run yet. */
  Repository repository(Path folder, String password) {
    return new Repository(this, folder, password);
  }

  /**
   * A repository in a local folder.
   *
   * @param restic asks it
   */
  record Repository(Restic restic, Path folder, String password) {

    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    void init() {
      run("init");
    }

    /** Makes a snapshot that looks as if it were of another time, by the clock of UTC. */
    void backUp(Path source, String host, String tag, LocalDateTime time) {
      run(
          "backup",
          source.toString(),
          "--host=" + host,
          "--tag=" + tag,
          "--time=" + TIME.format(time));
    }

    /** How many snapshots a host has with a tag. */
    long count(String host, String tag) {
      return snapshots().getValuesAs(JsonObject.class).stream()
          .filter(snapshot -> snapshot.getString("hostname").equals(host))
          .filter(snapshot -> snapshot.getJsonArray("tags").getString(0).equals(tag))
          .count();
    }

    JsonArray snapshots() {
      String list =
          run("snapshots", "--json", "--no-lock")
              .lines()
              .filter(line -> line.startsWith("["))
              .findFirst()
              .orElseThrow();
      try (JsonReader reader = Json.createReader(new StringReader(list))) {
        return reader.readArray();
      }
    }

    /** The paths in a snapshot, as restic prints them. */
    List<String> paths(String snapshot) {
      return run("ls", "--json", "--no-lock", snapshot)
          .lines()
          .filter(line -> line.startsWith("{"))
          .map(Repository::object)
          .filter(node -> node.containsKey("path"))
          .map(node -> node.getString("path"))
          .toList();
    }

    private static JsonObject object(String line) {
      try (JsonReader reader = Json.createReader(new StringReader(line))) {
        return reader.readObject();
      }
    }

    void restore(String snapshot, Path target) {
      run("restore", "--no-lock", snapshot, "--target", target.toString());
    }

    /** The locks on it, those of the dead included. */
    List<String> locks() {
      return run("list", "locks", "--no-lock").lines().filter(line -> !line.isBlank()).toList();
    }

    /** Whoever may delete can do that. */
    void forgetAllButTheNewest() {
      run("forget", "--keep-last", "1");
    }

    /** Removes the locks of the dead. */
    void unlock() {
      run("unlock");
    }

    /** Whether the password opens it. */
    boolean opens() {
      Program.Ended ended = ended(List.of("cat", "config", "--no-lock"));
      assertThat(ended.exitCode() == 0 || ended.output().contains("wrong password"))
          .as(ended.output())
          .isTrue();
      return ended.exitCode() == 0;
    }

    /** How many keys it has. */
    int keys() {
      return (int) run("list", "keys", "--no-lock").lines().filter(id -> !id.isBlank()).count();
    }

    /** Makes that another password opens it too. */
    void addKey(String other) {
      try {
        Path file = folder.resolveSibling(folder.getFileName() + ".new-password");
        Files.writeString(file, other);
        run("key", "add", "--new-password-file", file.toString());
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String run(String... arguments) {
      Program.Ended ended = ended(List.of(arguments));
      assertThat(ended.exitCode())
          .as("restic %s says:%n%s", List.of(arguments), ended.output())
          .isZero();
      return ended.output();
    }

    private Program.Ended ended(List<String> arguments) {
      List<String> command = new ArrayList<>(List.of(restic.path().toString(), "--no-cache"));
      command.addAll(arguments);
      return Program.run(
          folder.resolveSibling(folder.getFileName() + ".restic.log"),
          Map.of(
              "RESTIC_REPOSITORY",
              folder.toString(),
              "RESTIC_PASSWORD",
              password,
              "TZ",
              "UTC",
              "RESTIC_PROGRESS_FPS",
              "0.1"),
          command);
    }
  }
}
