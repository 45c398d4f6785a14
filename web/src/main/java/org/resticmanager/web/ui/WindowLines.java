package org.resticmanager.web.ui;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.resticmanager.platform.Invalid;
import org.resticmanager.source.BlackoutWindows.Window;

/** Blackout windows as people type them, one a line: {@code mon-fri 08:00-18:00}. */
final class WindowLines {

  private static final String FIELD = "windows";
  private static final int DAYS_OF_A_WEEK = 7;
  private static final int LETTERS = 3;
  private static final Pattern LINE =
      Pattern.compile("([\\p{Alpha},\\s-]+?)\\s+(\\d{1,2}:\\d{2})\\s*[-–]\\s*(\\d{1,2}:\\d{2})");

  private WindowLines() {}

  /**
   * Reads them.
   *
   * @throws Invalid if a line cannot be read
   */
  static List<Window> read(String text) {
    List<Window> windows = new ArrayList<>();
    for (String line : Lines.read(text)) {
      Matcher parts = LINE.matcher(line.strip());
      if (!parts.matches()) {
        throw unreadable(line);
      }
      windows.add(
          new Window(
              days(parts.group(1), line), time(parts.group(2), line), time(parts.group(3), line)));
    }
    return windows;
  }

  private static Invalid unreadable(String line) {
    return new Invalid(
        FIELD, "must be lines as 'mon-fri 08:00-18:00', unlike '" + line.strip() + "'");
  }

  private static LocalTime time(String text, String line) {
    try {
      return LocalTime.parse(text.length() < "00:00".length() ? "0" + text : text);
    } catch (DateTimeException e) {
      throw unreadable(line);
    }
  }

  private static Set<DayOfWeek> days(String text, String line) {
    if (text.strip().equalsIgnoreCase("daily")) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.strip().split("[,\\s]+", -1)) {
      String[] ends = part.split("-", -1);
      DayOfWeek day = day(ends[0], line);
      DayOfWeek last = day(ends[ends.length - 1], line);
      days.add(day);
      for (int i = 0; day != last && i < DAYS_OF_A_WEEK; i++) {
        day = day.plus(1);
        days.add(day);
      }
    }
    return days;
  }

  private static DayOfWeek day(String name, String line) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (name.length() >= LETTERS && day.name().startsWith(name.toUpperCase(Locale.ROOT))) {
        return day;
      }
    }
    throw unreadable(line);
  }

  /** The lines of windows. */
  static String write(List<Window> windows) {
    return windows.stream()
        .map(window -> days(window.days()) + " " + window.from() + "-" + window.to())
        .collect(Collectors.joining("\n"));
  }

  private static String days(Set<DayOfWeek> days) {
    if (days.size() == DAYS_OF_A_WEEK) {
      return "daily";
    }
    if (days.equals(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY))) {
      return "mon-fri";
    }
    return days.stream().map(WindowLines::brief).collect(Collectors.joining(","));
  }

  private static String brief(DayOfWeek day) {
    return day.name().substring(0, LETTERS).toLowerCase(Locale.ROOT);
  }
}
