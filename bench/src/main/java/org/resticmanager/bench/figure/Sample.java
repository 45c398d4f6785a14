package org.resticmanager.bench.figure;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Measurements of the same thing; at least one. */
public final class Sample {

  private final double[] sorted;

  /** Of measurements in any order and unit. */
  public Sample(Collection<? extends Number> measurements) {
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    sorted = measurements.stream().mapToDouble(Number::doubleValue).sorted().toArray();
  }

  /** Of measurements in any order and unit. */
  public static Sample of(double... measurements) {
    return new Sample(Arrays.stream(measurements).boxed().toList());
  }

  /** Milliseconds of each of so many calls. */
  public static Sample millis(int calls, Runnable call) {
    double[] millis = new double[calls];
    for (int i = 0; i < calls; i++) {
      long begun = System.nanoTime();
      call.run();
      millis[i] = (System.nanoTime() - begun) / 1e6;
    }
    return of(millis);
  }

  /** All measurements of several samples. */
  public static Sample all(Collection<Sample> samples) {
    return new Sample(
        samples.stream().flatMapToDouble(sample -> Arrays.stream(sample.sorted)).boxed().toList());
  }

  /**
   * The smallest measurement that so many percent of all do not exceed: one that was made, not one
   * in between.
   *
   * @param percent above 0, at most 100
   */
  public double percentile(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(rank, 1) - 1];
  }

  /** The one in the middle; of an even number the lower of the two. */
  public double median() {
    return percentile(50);
  }

  public double least() {
    return sorted[0];
  }

  public double most() {
    return sorted[sorted.length - 1];
  }

  /** All, from the least to the most. */
  List<Double> figures() {
    return Arrays.stream(sorted).boxed().toList();
  }

  public int count() {
    return sorted.length;
  }
}
