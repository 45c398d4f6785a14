package org.resticmanager.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Searches for a frame that does harm, starting from the golden files. What it finds it writes to
 * {@code src/test/resources}, from where it is tried again for ever; it belongs into {@code
 * bad.tsv} as well.
 *
 * <p>Runs last: it instruments the classes, after which they take more memory.
 */
@Order(Integer.MAX_VALUE)
class WireCodecFuzzTest {

  private static final WireCodec CODEC = new WireCodec();

  @MethodSource("frames")
  @FuzzTest(maxDuration = "10s")
  void whateverArrivesIsReadWithoutHarm(byte[] bytes) {
    String frame = new String(bytes, StandardCharsets.UTF_8);
    check(frame, CODEC::decodeFromAgent);
    check(frame, CODEC::decodeFromServer);
  }

  static Stream<Arguments> frames() {
    Stream<String> good =
        Arrays.stream(MessageType.values())
            .flatMap(type -> GoldenFiles.of(type).stream().map(n -> GoldenFiles.read(type, n)));
    Stream<String> bad = GoldenFiles.bad().stream().map(GoldenFiles.Bad::frame);
    return Stream.concat(good, bad)
        .map(frame -> Arguments.of((Object) frame.getBytes(StandardCharsets.UTF_8)));
  }

  private static void check(String frame, Function<String, Decoded> side) {
    Decoded decoded = Memory.decode(frame, side);
    if (decoded instanceof Decoded.Understood understood) {
      String again = CODEC.encode(understood.message(), understood.id());
      assertThat(side.apply(again)).isEqualTo(understood);
    } else if (decoded instanceof Decoded.Malformed malformed) {
      assertThat(malformed.reason())
          .hasSizeBetween(1, 200)
          .matches("\\P{Cntrl}+")
          .isNotEqualTo(WireCodec.UNREADABLE);
    }
  }
}
