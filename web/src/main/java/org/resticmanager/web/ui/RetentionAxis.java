package org.resticmanager.web.ui;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.resticmanager.web.ui.RetentionPreviewView.Row;

/**
 * Which snapshots stay and which go, as marks on an axis of time in a picture {@value #WIDTH} wide:
 * those that stay stand above the axis, those that go hang below it.
 *
 * @param stay the places of those that stay
 * @param go the places of those that go
 * @param first when the oldest was made
 * @param last when the newest was made
 */
public record RetentionAxis(
    SortedSet<Integer> stay, SortedSet<Integer> go, Instant first, Instant last) {

  static final int WIDTH = 720;

  /** Marks at the edges are seen as a whole. */
  private static final int EDGE = 6;

  /**
   * Of snapshots in any order.
   *
   * @return empty if there are not two moments to draw an axis between
   */
  static Optional<RetentionAxis> of(List<Row> rows) {
    TreeSet<Instant> times = new TreeSet<>();
    rows.forEach(row -> times.add(row.snapshot().time()));
    if (times.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new RetentionAxis(
            places(rows, true, times), places(rows, false, times), times.first(), times.last()));
  }

  /** Marks that would lie on each other are one. */
  private static TreeSet<Integer> places(List<Row> rows, boolean stays, TreeSet<Instant> times) {
    double span = Duration.between(times.first(), times.last()).toMillis();
    return rows.stream()
        .filter(row -> row.stays() == stays)
        .map(row -> Duration.between(times.first(), row.snapshot().time()).toMillis())
        .map(millis -> (int) Math.round(EDGE + (WIDTH - 2 * EDGE) * millis / span))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Bars above the axis, as the path of an SVG. */
  public String stayPath() {
    return path(stay, "M%d 6 V24");
  }

  /** Bars below it. */
  public String goPath() {
    return path(go, "M%d 34 V46");
  }

  private static String path(SortedSet<Integer> places, String mark) {
    return places.stream()
        .map(place -> String.format(Locale.ROOT, mark, place))
        .collect(Collectors.joining(" "));
  }
}
