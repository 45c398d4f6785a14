package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class WordingTest {

  private static final char NO_BREAK = '\u00A0';

  @Test
  void bytesAreInResticsUnits() {
    assertThat(bytes(0)).isEqualTo("0 B");
    assertThat(bytes(1023)).isEqualTo("1,023 B");
    assertThat(bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(bytes(200L << 20)).isEqualTo("200 MiB");
    assertThat(bytes(Long.MAX_VALUE)).isEqualTo("8 EiB");
  }

  @Test
  void spansHaveTheirTwoLargestUnits() {
    assertThat(span(Duration.ofSeconds(-3))).isEqualTo("0 s");
    assertThat(span(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(span(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
    assertThat(span(Duration.ofMinutes(121))).isEqualTo("2 h 1 min");
    assertThat(span(Duration.ofHours(49))).isEqualTo("2 d 1 h");
  }

  @Test
  void textsAreFilledIn() {
    assertThat(text("job.out-of", "3", "9")).isEqualTo("3 of 9");
    assertThat(text("job.log.earlier", 2500L)).isEqualTo("2,500 earlier lines are not shown.");
    assertThat(text("group.excludes", 1)).isEqualTo("1 exclude");
    assertThat(text("group.excludes", 2)).isEqualTo("2 excludes");
  }

  @Test
  void germansReadTheirOwnWordsAndFigures() {
    assertThat(Wording.text(Locale.GERMAN, "job.log.earlier", 2500L))
        .isEqualTo("2.500 frühere Zeilen werden nicht gezeigt.");
    assertThat(Wording.bytes(Locale.GERMAN, 1536)).isEqualTo("1,5" + NO_BREAK + "KiB");
    assertThat(Wording.span(Locale.GERMAN, Duration.ofHours(49)).replace(NO_BREAK, ' '))
        .isEqualTo("2 Tage 1 h");
  }

  @Test
  void whoAsksForEnglishGetsItOnAGermanMachineToo() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMAN);
    try {
      ResourceBundle.clearCache(Wording.class.getClassLoader());
      assertThat(Wording.text(Locale.UK, "sign-out")).isEqualTo("Sign out");
    } finally {
      Locale.setDefault(before);
      ResourceBundle.clearCache(Wording.class.getClassLoader());
    }
  }

  private static String bytes(long bytes) {
    return Wording.bytes(Locale.ENGLISH, bytes).replace(NO_BREAK, ' ');
  }

  private static String span(Duration span) {
    return Wording.span(Locale.ENGLISH, span).replace(NO_BREAK, ' ');
  }

  private static String text(String key, Object... parts) {
    return Wording.text(Locale.ENGLISH, key, parts);
  }
}
