package org.resticmanager.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {

  @Test
  void ordinaryNamesStayAsTheyAre() {
    String names = "/home/zoë/Übung – 日本語/👩‍👩‍👧 ok.txt";
    assertThat(VisibleText.of(names)).isEqualTo(names);
  }

  @Test
  void terminalSequencesBecomePictures() {
    assertThat(VisibleText.of("\u001b[31mred\u0007\r\n\t\u007f\u0000")).isEqualTo("␛[31mred␇␍␊␉␡␀");
  }

  @Test
  void marksThatTurnTheReadingDirectionAreNamed() {
    assertThat(VisibleText.of("a\u202egpj.exe\u2066\u200f\u009b"))
        .isEqualTo("a⟨U+202E⟩gpj.exe⟨U+2066⟩⟨U+200F⟩⟨U+009B⟩");
  }

  @Test
  void halfACharacterIsReplaced() {
    assertThat(VisibleText.of("a\ud83d")).isEqualTo("a\ufffd");
  }

  @Test
  void nothingIsEmpty() {
    assertThat(VisibleText.of(null)).isEmpty();
  }

  @Test
  void aLongLineIsCutAndSaysHowMuchIsMissing() {
    assertThat(VisibleText.beginningOf("x".repeat(12), 10)).isEqualTo("x".repeat(10) + " … (+2)");
    assertThat(VisibleText.beginningOf("x".repeat(10), 10)).isEqualTo("x".repeat(10));
  }

  @Test
  void theCutDoesNotSplitACharacter() {
    assertThat(VisibleText.beginningOf("ab👍c", 3)).isEqualTo("ab … (+3)");
  }
}
