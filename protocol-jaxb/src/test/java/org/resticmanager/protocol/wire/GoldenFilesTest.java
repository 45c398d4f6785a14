package org.resticmanager.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.resticmanager.protocol.wire.GoldenFiles.Bad;

class GoldenFilesTest {

  /** Shared: making one takes longer than a test. */
  private static final WireCodec CODEC = new WireCodec();

  @Test
  void everyMessageHasATypeNameAndGoldenFiles() {
    for (Class<?> side : Message.class.getPermittedSubclasses()) {
      for (Class<?> message : side.getPermittedSubclasses()) {
        assertThat(Arrays.stream(MessageType.values()).filter(t -> t.payload() == message))
            .as("the type of " + message.getSimpleName())
            .singleElement()
            .satisfies(
                type ->
                    assertThat(GoldenFiles.of(type))
                        .as("golden files of " + type.wireName())
                        .contains("minimal", "full", "go-minimal", "go-full"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWeReadOfOurOwnWeWriteAgain(MessageType type) {
    for (String name : GoldenFiles.ours(type)) {
      String golden = GoldenFiles.read(type, name);
      Decoded.Understood read = GoldenFiles.understood(CODEC, type, golden);

      assertThat(GoldenFiles.json(CODEC.encode(read.message(), read.id())))
          .as(type.wireName() + "/" + name)
          .isEqualTo(GoldenFiles.json(golden));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aGoPeerSaysTheSameInItsOwnManner(MessageType type) {
    for (String name : new String[] {"minimal", "full"}) {
      assertThat(GoldenFiles.understood(CODEC, type, GoldenFiles.read(type, "go-" + name)))
          .as(type.wireName() + "/" + name)
          .isEqualTo(GoldenFiles.understood(CODEC, type, GoldenFiles.read(type, name)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void fullFilesLeaveNoKeyOut(MessageType type) {
    Set<String> shown = new TreeSet<>();
    for (String name : GoldenFiles.ours(type)) {
      paths("", GoldenFiles.json(GoldenFiles.read(type, name)).getJsonObject("payload"), shown);
    }

    assertThat(shown).containsAll(paths("", CODEC.record(type)));
  }

  @ParameterizedTest
  @EnumSource
  void aMinimalFileHasOnlyWhatIsAlwaysWritten(MessageType type) {
    String minimal = GoldenFiles.read(type, "minimal");
    JsonObject payload = GoldenFiles.json(minimal).getJsonObject("payload");
    for (String key : payload.keySet()) {
      JsonObject without = Json.createObjectBuilder(payload).remove(key).build();
      Decoded decoded = GoldenFiles.decoded(CODEC, type, frame(type, without));

      if (decoded instanceof Decoded.Understood understood) {
        assertThat(GoldenFiles.json(CODEC.encode(understood.message())).getJsonObject("payload"))
            .as(key)
            .isEqualTo(payload);
      } else {
        assertThat(((Decoded.Malformed) decoded).reason()).contains(key);
      }
    }
  }

  @ParameterizedTest
  @MethodSource
  void badFramesAreRefusedWithTheirReason(Bad bad) {
    assertThat(bad.decoded(CODEC))
        .isInstanceOfSatisfying(
            Decoded.Malformed.class,
            malformed -> assertThat(malformed.reason()).startsWith(bad.reason()));
  }

  static Stream<Bad> badFramesAreRefusedWithTheirReason() {
    return GoldenFiles.bad().stream();
  }

  private static String frame(MessageType type, JsonObject payload) {
    return Json.createObjectBuilder()
        .add("type", type.wireName())
        .add("payload", payload)
        .build()
        .toString();
  }

  private static void paths(String prefix, JsonValue value, Set<String> found) {
    if (value instanceof JsonObject object) {
      object.forEach(
          (key, inner) -> {
            found.add(prefix + key);
            paths(prefix + key + ".", inner, found);
          });
    } else if (value instanceof JsonArray array) {
      array.forEach(inner -> paths(prefix, inner, found));
    }
  }

  private static Set<String> paths(String prefix, ValueType type) {
    Set<String> all = new TreeSet<>();
    if (type instanceof RecordType record) {
      for (RecordType.Field field : record.fields()) {
        all.add(prefix + field.name());
        all.addAll(paths(prefix + field.name() + ".", field.type()));
      }
    } else if (type instanceof ListType list) {
      all.addAll(paths(prefix, list.element()));
    }
    return all;
  }
}
