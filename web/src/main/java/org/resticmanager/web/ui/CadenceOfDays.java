package org.resticmanager.web.ui;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A cron expression of some days and a few times on each, in words. */
final class CadenceOfDays {

  private static final Pattern STEP = Pattern.compile("\\*/(\\d+)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d+)");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final int HOURS = 24;

  /** More times than that say nothing when they are read out. */
  private static final int TIMES = 6;

  private final Locale locale;

  CadenceOfDays(Locale locale) {
    this.locale = locale;
  }

  /**
   * Empty if it is of another kind. With a day of the month and one of the week either will do,
   * which nobody expects of a sentence with both.
   *
   * @param fields the five of the expression
   */
  Optional<String> inWords(String fields) {
    String[] parts = fields.toLowerCase(Locale.ROOT).split(" ", -1);
    String minute = parts[0];
    String hour = parts[1];
    if (!parts[3].equals("*")) {
      return Optional.empty();
    }
    Matcher step = STEP.matcher(hour);
    boolean everyDay = parts[2].equals("*") && parts[4].equals("*");
    if (everyDay && step.matches() && NUMBER.matcher(minute).matches()) {
      int hours = Integer.parseInt(step.group(1));
      // every 5 hours is a lie at midnight
      return hours > 1 && HOURS % hours == 0
          ? Optional.of(text("cadence.hours", hours, two(Integer.parseInt(minute))))
          : Optional.empty();
    }
    return days(parts[2], parts[4])
        .flatMap(days -> times(minute, hour).map(times -> text("cadence.on", days, times)));
  }

  private Optional<String> times(String minute, String hour) {
    List<Integer> minutes = numbers(minute);
    List<Integer> hours = numbers(hour);
    int count = minutes.size() * hours.size();
    if (count == 0 || count > TIMES) {
      return Optional.empty();
    }
    List<String> times = new ArrayList<>();
    for (int each : hours) {
      minutes.forEach(at -> times.add(two(each) + ":" + two(at)));
    }
    return Optional.of(listed(times));
  }

  private Optional<String> days(String ofMonth, String ofWeek) {
    if (ofWeek.equals("*")) {
      if (ofMonth.equals("*")) {
        return Optional.of(text("cadence.every-day"));
      }
      List<String> days = numbers(ofMonth).stream().map(String::valueOf).toList();
      return days.isEmpty()
          ? Optional.empty()
          : Optional.of(text("cadence.days-of-month", days.size(), listed(days)));
    }
    if (!ofMonth.equals("*")) {
      return Optional.empty();
    }
    List<String> days = new ArrayList<>();
    for (String part : ofWeek.split(",", -1)) {
      Optional<String> words = ofWeek(part);
      if (words.isEmpty()) {
        return Optional.empty();
      }
      days.add(words.get());
    }
    return Optional.of(listed(days));
  }

  private Optional<String> ofWeek(String part) {
    String[] ends = part.split("-", -1);
    List<String> names = new ArrayList<>();
    for (String end : ends) {
      int day = DAYS.indexOf(end);
      if (day < 0 && !NUMBER.matcher(end).matches()) {
        return Optional.empty();
      }
      names.add(name(day < 0 ? Integer.parseInt(end) : day));
    }
    return Optional.of(
        names.size() == 1 ? names.get(0) : text("cadence.range", names.get(0), names.get(1)));
  }

  private String name(int day) {
    return DayOfWeek.of(day == 0 ? 7 : day).getDisplayName(TextStyle.FULL, locale);
  }

  /** Empty if they are not plain numbers and ranges. */
  private static List<Integer> numbers(String field) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String part : field.split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (range.matches()) {
        IntStream.rangeClosed(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)))
            .forEach(numbers::add);
      } else if (NUMBER.matcher(part).matches()) {
        numbers.add(Integer.parseInt(part));
      } else {
        return List.of();
      }
    }
    return List.copyOf(numbers);
  }

  private String listed(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : text("cadence.and", String.join(", ", parts.subList(0, last)), parts.get(last));
  }

  private String text(String key, Object... parts) {
    return Wording.text(locale, key, parts);
  }

  private static String two(int number) {
    return String.format(Locale.ROOT, "%02d", number);
  }
}
