package org.resticmanager.bench.figure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the same costs with once, four and sixteen times as much of it; the first is the reference.
 */
public final class Growth {

  /** How many times as much there is of all of it. */
  public static final int MOST = 16;

  /** How many times as much, in this order. */
  public static final List<Integer> TIMES = List.of(1, 4, MOST);

  /** Flat, but for what two runs of the same differ in. */
  private static final double FLAT = 1.25;

  private final Result result;
  private final Map<String, Sample> once = new HashMap<>();

  /** Adds what is measured to a result. */
  public Growth(Result result) {
    this.result = result;
  }

  /**
   * What one of many costs, which must stay the same.
   *
   * @param name with its unit
   */
  public void ofOne(int times, String name, Sample figure) {
    add(times, name, figure, FLAT);
  }

  /**
   * What all of it costs, which may grow as it does.
   *
   * @param name with its unit
   */
  public void ofAll(int times, String name, Sample figure) {
    add(times, name, figure, times);
  }

  private void add(int times, String name, Sample figure, double most) {
    if (times == 1) {
      once.put(name, figure);
      return;
    }
    result.add(
        Measure.of(times + "×: " + name, "", figure)
            .beside("1×", once.get(name))
            .ratioAtMost(most));
  }
}
