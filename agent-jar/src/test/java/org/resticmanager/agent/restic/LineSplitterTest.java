package org.resticmanager.agent.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

  private final List<String> lines = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private final LineSplitter splitter =
      new LineSplitter(
          100,
          (line, end) -> {
            lines.add(line);
            ends.add(end);
          });

  @Test
  void linesMayComeInAnyPieces() {
    byte[] bytes = "eins\nzwei ü\r\n\ndrei".getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      splitter.accept(new byte[] {b}, 1);
    }
    assertThat(lines).containsExactly("eins", "zwei ü", "");

    splitter.end();
    assertThat(lines).containsExactly("eins", "zwei ü", "", "drei");
    assertThat(ends).containsExactly(105L, 114L, 115L, 119L);
  }

  @Test
  void aHugeLineIsCutWithAMark() {
    byte[] chunk = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 10; i++) {
      splitter.accept(chunk, chunk.length);
    }
    splitter.accept("\nnext\n".getBytes(StandardCharsets.UTF_8), 6);

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(LineSplitter.MAX_LINE_BYTES);
    assertThat(lines.get(0)).endsWith("x [cut: 9934528 more bytes]");
    assertThat(lines.get(1)).isEqualTo("next");
    assertThat(ends).containsExactly(10_000_101L, 10_000_106L);
  }

  @Test
  void aLineOfExactlyTheLimitIsWhole() {
    String line = "y".repeat(LineSplitter.MAX_LINE_BYTES);
    splitter.accept((line + "\n").getBytes(StandardCharsets.UTF_8), line.length() + 1);

    assertThat(lines).containsExactly(line);
  }

  @Test
  void bytesThatAreNotUtf8AreReplaced() {
    splitter.accept(new byte[] {'a', (byte) 0xff, 'b', '\n'}, 4);

    assertThat(lines).containsExactly("a\uFFFDb");
  }
}
