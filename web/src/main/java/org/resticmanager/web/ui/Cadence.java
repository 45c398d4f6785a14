package org.resticmanager.web.ui;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.resticmanager.source.Cron;

/** A cron expression in words: those that people mostly write. */
final class Cadence {

  private static final Pattern EVERY_MINUTES = Pattern.compile("\\*/(\\d+) \\* \\* \\* \\*");
  private static final Pattern HOURLY = Pattern.compile("(\\d+) \\* \\* \\* \\*");
  private static final Pattern DAILY = Pattern.compile("(\\d+) (\\d+) \\* \\* \\*");
  private static final Pattern WORKDAYS = Pattern.compile("(\\d+) (\\d+) \\* \\* 1-5");
  private static final Pattern WEEKLY = Pattern.compile("(\\d+) (\\d+) \\* \\* ([0-7])");
  private static final Pattern MONTHLY = Pattern.compile("(\\d+) (\\d+) (\\d+) \\* \\*");

  private Cadence() {}

  /** Empty for the less usual ones: they are shown as they were written. */
  static Optional<String> inWords(Cron cron, Locale locale) {
    String expression = cron.fields();
    Matcher matcher = EVERY_MINUTES.matcher(expression);
    if (matcher.matches()) {
      int minutes = Integer.parseInt(matcher.group(1));
      // every 7 minutes is a lie at the full hour
      return 60 % minutes == 0
          ? Optional.of(Wording.text(locale, "cadence.minutes", minutes))
          : Optional.empty();
    }
    matcher = HOURLY.matcher(expression);
    if (matcher.matches()) {
      return Optional.of(Wording.text(locale, "cadence.hourly", two(matcher.group(1))));
    }
    matcher = DAILY.matcher(expression);
    if (matcher.matches()) {
      return Optional.of(Wording.text(locale, "cadence.daily", time(matcher)));
    }
    matcher = WORKDAYS.matcher(expression);
    if (matcher.matches()) {
      return Optional.of(Wording.text(locale, "cadence.workdays", time(matcher)));
    }
    matcher = WEEKLY.matcher(expression);
    if (matcher.matches()) {
      int day = Integer.parseInt(matcher.group(3));
      String name = DayOfWeek.of(day == 0 ? 7 : day).getDisplayName(TextStyle.FULL, locale);
      return Optional.of(Wording.text(locale, "cadence.weekly", name, time(matcher)));
    }
    matcher = MONTHLY.matcher(expression);
    if (matcher.matches()) {
      return Optional.of(
          Wording.text(
              locale, "cadence.monthly", Integer.valueOf(matcher.group(3)), time(matcher)));
    }
    return new CadenceOfDays(locale).inWords(expression);
  }

  private static String time(Matcher matcher) {
    return two(matcher.group(2)) + ":" + two(matcher.group(1));
  }

  private static String two(String number) {
    return String.format(Locale.ROOT, "%02d", Integer.parseInt(number));
  }
}
