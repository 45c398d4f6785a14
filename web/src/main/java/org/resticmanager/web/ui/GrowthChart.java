package org.resticmanager.web.ui;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.resticmanager.repository.RepositoryDay;

/**
 * The size of a repository over time as a line, in a picture of {@value #WIDTH} by {@value
 * #HEIGHT}.
 *
 * @param days those on which the size is known, in their order; at least two
 * @param topBytes the size that the upper edge stands for
 */
public record GrowthChart(List<RepositoryDay> days, long topBytes) {

  static final int WIDTH = 720;
  static final int HEIGHT = 160;

  private static final long[] STEPS = {
    1, 2, 3, 4, 5, 8, 10, 15, 20, 30, 40, 50, 80, 100, 150, 200, 300, 400, 500, 800
  };

  /**
   * Of what is known.
   *
   * @param newestFirst the days as they are kept
   * @return empty if there are not two to draw a line between
   */
  static Optional<GrowthChart> of(List<RepositoryDay> newestFirst) {
    List<RepositoryDay> days =
        newestFirst.stream()
            .filter(day -> day.rawSizeBytes() != null)
            .sorted((one, other) -> one.day().compareTo(other.day()))
            .toList();
    long most = days.stream().mapToLong(RepositoryDay::rawSizeBytes).max().orElse(0);
    return days.size() < 2 ? Optional.empty() : Optional.of(new GrowthChart(days, round(most)));
  }

  /** The next size up that reads well. */
  private static long round(long bytes) {
    for (long unit = 1; unit <= 1L << 50; unit *= 1024) {
      for (long step : STEPS) {
        if (bytes <= step * unit) {
          return step * unit;
        }
      }
    }
    return bytes;
  }

  /** The line, as the path of an SVG. */
  public String line() {
    return days.stream().map(this::point).collect(Collectors.joining(" L", "M", ""));
  }

  /** What lies below it. */
  public String area() {
    return Stream.of(line(), "L" + WIDTH + " " + HEIGHT, "L0 " + HEIGHT, "Z")
        .collect(Collectors.joining(" "));
  }

  private String point(RepositoryDay day) {
    double x = (double) WIDTH * daysFromFirst(day) / daysFromFirst(days.get(days.size() - 1));
    double y = HEIGHT * (1 - (double) day.rawSizeBytes() / topBytes);
    return String.format(Locale.ROOT, "%.1f %.1f", x, y);
  }

  private long daysFromFirst(RepositoryDay day) {
    return ChronoUnit.DAYS.between(first(), day.day());
  }

  /** Where it begins. */
  public LocalDate first() {
    return days.get(0).day();
  }

  /** Where it ends. */
  public LocalDate last() {
    return days.get(days.size() - 1).day();
  }

  /** By how much it has grown; negative if it has shrunk. */
  public long grownBytes() {
    return days.get(days.size() - 1).rawSizeBytes() - days.get(0).rawSizeBytes();
  }

  /** For how many days. */
  public long span() {
    return ChronoUnit.DAYS.between(first(), last());
  }
}
