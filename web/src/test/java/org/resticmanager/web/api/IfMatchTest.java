package org.resticmanager.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IfMatchTest {

  private static final Editable SEEN = () -> List.of("nas", List.of("/home", "/srv"), 2);
  private static final Editable CHANGED = () -> List.of("nas", List.of("/home"), 2);

  @Test
  void whoSawTheStateAsItIsMayWrite() {
    assertThatCode(() -> IfMatch.valueOf(Etag.of(SEEN).quoted()).require(SEEN))
        .doesNotThrowAnyException();
  }

  @Test
  void whoSawAnotherStateMayNot() {
    assertThatThrownBy(() -> IfMatch.valueOf(Etag.of(SEEN).quoted()).require(CHANGED))
        .isInstanceOf(Stale.class)
        .hasMessageContaining("read it again");
  }

  @Test
  void whoNamesNoStateMayWrite() {
    assertThatCode(() -> IfMatch.valueOf("*").require(Optional.empty())).doesNotThrowAnyException();
  }

  @Test
  void oneOfSeveralStatesIsEnough() {
    String header = "\"another\", " + Etag.of(SEEN).quoted();

    assertThatCode(() -> IfMatch.valueOf(header).require(SEEN)).doesNotThrowAnyException();
  }

  @Test
  void aWeakTagIsNotEnough() {
    assertThatThrownBy(() -> IfMatch.valueOf("W/" + Etag.of(SEEN).quoted()).require(SEEN))
        .isInstanceOf(Stale.class);
  }

  @Test
  void whatDoesNotExistIsNotTheStateThatWasSeen() {
    assertThatThrownBy(() -> IfMatch.valueOf(Etag.of(SEEN).quoted()).require(Optional.empty()))
        .isInstanceOf(Stale.class);
  }

  @Test
  void contentsThatLookAlikeHaveTagsOfTheirOwn() {
    List<Editable> alike =
        List.of(
            () -> List.of("a, b"),
            () -> List.of("a", "b"),
            () -> List.of(List.of("a", "b")),
            () -> List.of(List.of("a"), "b"),
            () -> Arrays.asList("a", null, "b"),
            () -> List.of("a", "-", "b"));

    assertThat(alike.stream().map(Etag::of)).doesNotHaveDuplicates();
  }
}
