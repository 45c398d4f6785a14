package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.resticmanager.source.Cron;

class CadenceTest {

  @Test
  void usualExpressionsReadAsPeopleSayThem() {
    assertThat(words("30 3 * * *")).isEqualTo("Every day at 03:30");
    assertThat(words("0  4 * * 0")).isEqualTo("Every Sunday at 04:00");
    assertThat(words("0 4 * * 7")).isEqualTo("Every Sunday at 04:00");
    assertThat(words("15 18 * * 1-5")).isEqualTo("Monday to Friday at 18:15");
    assertThat(words("0 5 1 * *")).isEqualTo("On day 1 of each month at 05:00");
    assertThat(words("5 * * * *")).isEqualTo("Every hour at minute 05");
    assertThat(words("*/15 * * * *")).isEqualTo("Every 15 minutes");
  }

  @Test
  void whatCannotBeSaidShortlyAndRightlyIsNotSaid() {
    assertThat(words("*/7 * * * *")).isEmpty();
    assertThat(words("0 4 1 * 1")).isEmpty();
    assertThat(words("0 */5 * * *")).isEmpty();
    assertThat(words("0 4 * 6 *")).isEmpty();
    assertThat(words("0 8-18 * * *")).isEmpty();
    assertThat(words("0 4 */2 * *")).isEmpty();
  }

  @Test
  void someDaysAndAFewTimesAreListed() {
    assertThat(words("0 4,16 * * *")).isEqualTo("Every day at 04:00 and 16:00");
    assertThat(words("0,30 22-23 * * *")).isEqualTo("Every day at 22:00, 22:30, 23:00 and 23:30");
    assertThat(words("30 2 * * 1,3,5")).isEqualTo("Monday, Wednesday and Friday at 02:30");
    assertThat(words("0 4 * * sat,sun")).isEqualTo("Saturday and Sunday at 04:00");
    assertThat(words("0 4 * * Mon-Thu,6")).isEqualTo("Monday to Thursday and Saturday at 04:00");
    assertThat(words("0 2 1,15 * *")).isEqualTo("On days 1 and 15 of each month at 02:00");
    assertThat(words("15 */6 * * *")).isEqualTo("Every 6 hours, at minute 15");
    assertThat(words("@weekly")).isEqualTo("Every Sunday at 00:00");
  }

  @Test
  void germansSayItTheirWay() {
    assertThat(inGerman("30 3 * * *")).isEqualTo("Täglich um 03:30 Uhr");
    assertThat(inGerman("0 4 * * 0")).isEqualTo("Jeden Sonntag um 04:00 Uhr");
    assertThat(inGerman("0 5 1 * *")).isEqualTo("Am 1. jedes Monats um 05:00 Uhr");
    assertThat(inGerman("0 2 1,15 * *"))
        .isEqualTo("An den Tagen 1 und 15 jedes Monats um 02:00 Uhr");
    assertThat(inGerman("0 4,16 * * mon-thu,6"))
        .isEqualTo("Montag bis Donnerstag und Samstag um 04:00 und 16:00 Uhr");
  }

  private static String words(String expression) {
    return Cadence.inWords(new Cron(expression), Locale.ENGLISH).orElse("");
  }

  private static String inGerman(String expression) {
    return Cadence.inWords(new Cron(expression), Locale.GERMAN).orElse("");
  }
}
