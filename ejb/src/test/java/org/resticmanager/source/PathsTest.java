package org.resticmanager.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.TextList;

class PathsTest {

  @Test
  void absolutePathsOfBothSystemsAreTaken() {
    assertThatCode(() -> Paths.of(List.of("/srv", "C:\\Users", "/with\nnewline"), null))
        .doesNotThrowAnyException();
  }

  @Test
  void aRelativePathIsRefusedByName() {
    assertThatThrownBy(() -> Paths.of(List.of("srv"), List.of()))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("includes")
        .hasMessageContaining("'srv'");
  }

  @Test
  void nothingToBackUpIsRefused() {
    assertThatThrownBy(() -> Paths.of(List.of(), List.of())).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> Paths.of(null, null)).isInstanceOf(Invalid.class);
  }

  @Test
  void oddNamesSurviveTheColumn() {
    List<String> odd = List.of("/a b", "/quote\"'", "/new\nline", "/ünï ☃", " /blank ");

    assertThat(TextList.fromColumn(TextList.toColumn(odd))).isEqualTo(odd);
  }
}
