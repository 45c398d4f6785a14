package org.resticmanager.bench.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What two sides gave in several rounds. They take turns, and who begins takes turns too: whatever
 * becomes faster or slower with time does so for both.
 */
public final class Rounds {

  /** One side. */
  @FunctionalInterface
  public interface Side {

    /** Measures once: figures by their names, the same names each time. */
    Map<String, Double> measure() throws Exception;
  }

  private final Map<String, List<Double>> ours = new LinkedHashMap<>();
  private final Map<String, List<Double>> reference = new LinkedHashMap<>();

  private Rounds() {}

  /**
   * Measures both.
   *
   * @param warmUps rounds before that do not count
   */
  public static Rounds of(int warmUps, int rounds, Side ours, Side reference) throws Exception {
    Rounds all = new Rounds();
    for (int round = -warmUps; round < rounds; round++) {
      boolean weBegin = round % 2 == 0;
      Map<String, Double> first = (weBegin ? ours : reference).measure();
      Map<String, Double> second = (weBegin ? reference : ours).measure();
      if (round >= 0) {
        note(weBegin ? first : second, all.ours);
        note(weBegin ? second : first, all.reference);
      }
    }
    return all;
  }

  private static void note(Map<String, Double> figures, Map<String, List<Double>> to) {
    figures.forEach(
        (name, figure) -> to.computeIfAbsent(name, any -> new ArrayList<>()).add(figure));
  }

  /** Our figures of this name, one for each round. */
  public Sample ours(String figure) {
    return new Sample(ours.get(figure));
  }

  /** The other side's figures of this name, one for each round. */
  public Sample reference(String figure) {
    return new Sample(reference.get(figure));
  }

  /** A measure of the figure of this name beside the reference's. */
  public Measure measure(String figure, String name, String unit, String referenceName) {
    return Measure.of(name, unit, ours(figure)).beside(referenceName, reference(figure));
  }
}
