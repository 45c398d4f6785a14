package org.resticmanager.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.resticmanager.platform.Invalid;

class TagsTest {

  @Test
  void tagsAreSortedAndNoTwoAlike() {
    assertThat(Tags.of(List.of("web", "berlin", "web")).names()).containsExactly("berlin", "web");
    assertThat(Tags.of(List.of())).isEqualTo(Tags.NONE);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "Berlin", "a b", "-a", "ä", "a,b", "<b>", "a\u0000"})
  void whatIsNoTagIsRefused(String text) {
    assertThatThrownBy(() -> Tags.of(Arrays.asList("web", text)))
        .isInstanceOfSatisfying(Invalid.class, e -> assertThat(e.field()).contains("tags"));
  }

  @Test
  void tagsAreShortAndFew() {
    assertThat(Tags.of(List.of("a".repeat(40))).names()).hasSize(1);
    assertThatThrownBy(() -> Tags.of(List.of("a".repeat(41)))).isInstanceOf(Invalid.class);
    List<String> twenty = IntStream.range(0, 20).mapToObj(i -> "tag-" + i).toList();
    assertThat(Tags.of(twenty).names()).hasSize(20);
    List<String> tooMany = IntStream.range(0, 21).mapToObj(i -> "tag-" + i).toList();
    assertThatThrownBy(() -> Tags.of(tooMany)).isInstanceOf(Invalid.class);
  }
}
