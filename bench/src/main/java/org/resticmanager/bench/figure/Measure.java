package org.resticmanager.bench.figure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thing that was measured: one figure for each round, and the same of a reference that was
 * measured in the same run, in turns with ours.
 *
 * @param name what it is, as a row of a table
 * @param unit of the figures; empty for a count
 * @param ours at least one
 * @param reference if there is one
 * @param goals how good it is to be; none if it is only to be known
 */
public record Measure(
    String name, String unit, Sample ours, Optional<Reference> reference, List<Goal> goals) {

  /**
   * What everybody knows.
   *
   * @param name as {@code one plain COPY}
   * @param figures in the measure's unit
   */
  public record Reference(String name, Sample figures) {}

  public Measure {
    goals = List.copyOf(goals);
  }

  /** How a duration is told where the unit is s. */
  public static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** Without a reference and a goal. */
  public static Measure of(String name, String unit, Sample ours) {
    return new Measure(name, unit, ours, Optional.empty(), List.of());
  }

  /** Without a reference and a goal; of a single figure. */
  public static Measure of(String name, String unit, double figure) {
    return of(name, unit, Sample.of(figure));
  }

  /** Beside a reference. */
  public Measure beside(String its, Sample figures) {
    return new Measure(name, unit, ours, Optional.of(new Reference(its, figures)), goals);
  }

  /** With one more goal: our median divided by the reference's, {@link #beside} comes before. */
  public Measure ratioAtMost(double limit) {
    return with(new Goal("ratio ≤ " + limit, ratio().orElseThrow() <= limit));
  }

  /** As {@link #ratioAtMost}, where more is better. */
  public Measure ratioAtLeast(double limit) {
    return with(new Goal("ratio ≥ " + limit, ratio().orElseThrow() >= limit));
  }

  /** With one more goal: our median. */
  public Measure atMost(double limit) {
    return with(new Goal("≤ " + Figures.of(limit) + " " + unit.strip(), ours.median() <= limit));
  }

  private Measure with(Goal goal) {
    List<Goal> all = new ArrayList<>(goals);
    all.add(goal);
    return new Measure(name, unit, ours, reference, all);
  }

  /** Our median divided by the reference's. */
  public Optional<Double> ratio() {
    return reference.map(other -> ours.median() / other.figures().median());
  }
}
