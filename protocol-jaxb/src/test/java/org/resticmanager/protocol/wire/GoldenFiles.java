package org.resticmanager.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The frames in {@code src/test/resources/golden}: a folder per message, a file per case. {@code
 * minimal} and {@code full…} are what we write; {@code go-minimal} and {@code go-full} say the same
 * in the manner of a peer written in Go.
 */
final class GoldenFiles {

  static final Path FOLDER = Path.of("src/test/resources/golden");

  private GoldenFiles() {}

  /** All files of a message, by name without {@code .json}. */
  static List<String> of(MessageType type) {
    Path folder = FOLDER.resolve(type.wireName());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that we would write ourselves. */
  static List<String> ours(MessageType type) {
    return of(type).stream().filter(name -> !name.startsWith("go-")).toList();
  }

  static String read(MessageType type, String name) {
    return read(FOLDER.resolve(type.wireName()).resolve(name + ".json"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonObject json(String frame) {
    try (var reader = Json.createReader(new StringReader(frame))) {
      return reader.readObject();
    }
  }

  /** What a frame of this type says, read as coming from a side that may send it. */
  static Decoded.Understood understood(WireCodec codec, MessageType type, String frame) {
    Decoded decoded = decoded(codec, type, frame);
    assertThat(decoded).as(frame).isInstanceOf(Decoded.Understood.class);
    return (Decoded.Understood) decoded;
  }

  static Decoded decoded(WireCodec codec, MessageType type, String frame) {
    return type.fromAgent() ? codec.decodeFromAgent(frame) : codec.decodeFromServer(frame);
  }

  /** The table of frames that are refused. */
  static List<Bad> bad() {
    return read(FOLDER.resolve("bad.tsv"))
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Bad::parse)
        .toList();
  }

  /** A line of {@code bad.tsv}. */
  record Bad(String sender, String reason, String frame) {

    private static Bad parse(String line) {
      String[] columns = line.split("\t", 3);
      return new Bad(columns[0], columns[1], columns[2]);
    }

    Decoded decoded(WireCodec codec) {
      return sender.equals("agent") ? codec.decodeFromAgent(frame) : codec.decodeFromServer(frame);
    }
  }
}
