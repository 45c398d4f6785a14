package org.resticmanager.protocol.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * RFC 3339, up to nanoseconds: any offset on reading, {@code Z} on writing, unless the offset is
 * part of what is said.
 *
 * <p>Read by hand because every log line has one: {@code DateTimeFormatter} takes longer than all
 * the rest of the line.
 */
final class Timestamp {

  private static final int SECONDS_PER_DAY = 86_400;

  /** Go's zero time; whatever lies in that year or before is "unknown". */
  private static final long FIRST_KNOWN_SECOND =
      LocalDate.of(2, 1, 1).toEpochDay() * SECONDS_PER_DAY;

  /** RFC 3339 has four digits for the year. */
  private static final long FIRST_SECOND_TOO_LATE =
      LocalDate.of(10_000, 1, 1).toEpochDay() * SECONDS_PER_DAY;

  private Timestamp() {}

  /** Whether this instant means that nobody knows, or cannot be said in RFC 3339. */
  static boolean unknown(Instant instant) {
    return instant.getEpochSecond() < FIRST_KNOWN_SECOND
        || instant.getEpochSecond() >= FIRST_SECOND_TOO_LATE;
  }

  static String format(Instant instant) {
    return instant.toString();
  }

  static String format(OffsetDateTime time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
  }

  /**
   * Reads a timestamp and keeps its offset; one that no clock on earth has counts as UTC.
   *
   * @return null as {@link #parse}
   * @throws BadValue likewise
   */
  static OffsetDateTime parseLocal(String text) {
    Instant instant = parse(text);
    if (instant == null) {
      return null;
    }
    int seconds = offsetSeconds(text, endOfFraction(text));
    return instant.atOffset(
        Math.abs(seconds) > ZoneOffset.MAX.getTotalSeconds()
            ? ZoneOffset.UTC
            : ZoneOffset.ofTotalSeconds(seconds));
  }

  /**
   * Reads a timestamp.
   *
   * @return null for the empty text and for year 1: unknown
   * @throws BadValue if it is anything else
   */
  static Instant parse(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      Instant instant = instant(text);
      if (instant.getEpochSecond() >= FIRST_SECOND_TOO_LATE) {
        throw new BadValue("is not an RFC 3339 timestamp");
      }
      return unknown(instant) ? null : instant;
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      throw new BadValue("is not an RFC 3339 timestamp");
    }
  }

  private static Instant instant(String text) {
    expect(text, 4, '-');
    expect(text, 7, '-');
    expect(text, 10, 'T');
    expect(text, 13, ':');
    expect(text, 16, ':');
    long day =
        LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)).toEpochDay();
    int second = clock(digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19));
    int end = endOfFraction(text);
    return Instant.ofEpochSecond(
        day * SECONDS_PER_DAY + second - offsetSeconds(text, end), nanos(text, end));
  }

  private static int clock(int hour, int minute, int second) {
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("no such time of day");
    }
    return (hour * 60 + minute) * 60 + second;
  }

  private static int endOfFraction(String text) {
    int end = 19;
    if (text.charAt(end) == '.') {
      do {
        end++;
      } while (isDigit(text.charAt(end)));
      if (end == 20 || end > 29) {
        throw new DateTimeException("not 1 to 9 digits");
      }
    }
    return end;
  }

  private static int nanos(String text, int end) {
    int nanos = 0;
    for (int i = 20; i < 29; i++) {
      nanos = nanos * 10 + (i < end ? text.charAt(i) - '0' : 0);
    }
    return nanos;
  }

  private static int offsetSeconds(String text, int at) {
    char sign = text.charAt(at);
    if (sign == 'Z' || sign == 'z') {
      expectEnd(text, at + 1);
      return 0;
    }
    expect(text, at + 3, ':');
    expectEnd(text, at + 6);
    int seconds = clock(digits(text, at + 1, at + 3), digits(text, at + 4, at + 6), 0);
    return switch (sign) {
      case '+' -> seconds;
      case '-' -> -seconds;
      default -> throw new DateTimeException("no offset");
    };
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!isDigit(c)) {
        throw new DateTimeException("not a digit");
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static void expect(String text, int at, char wanted) {
    char c = text.charAt(at);
    if (c != wanted && !(wanted == 'T' && c == 't')) {
      throw new DateTimeException("not in its form");
    }
  }

  private static void expectEnd(String text, int at) {
    if (text.length() != at) {
      throw new DateTimeException("goes on");
    }
  }
}
