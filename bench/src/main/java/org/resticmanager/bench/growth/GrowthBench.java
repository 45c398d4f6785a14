package org.resticmanager.bench.growth;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Sample;

/**
 * What one job, one log line, one page and one snapshot cost with four and with sixteen times as
 * many hosts, jobs and snapshots. The reference is the same with the fewest.
 */
public final class GrowthBench {

  private static final List<Scale> SCALES = List.of(new Scale(4), new Scale(16));

  /** Flat, but for what two runs of the same differ in. */
  private static final double FLAT = 1.25;

  private GrowthBench() {}

  /**
   * @param arguments the control plane's runnable file
   */
  public static void main(String[] arguments) throws Exception {
    Path jar = Path.of(arguments[0]);
    Result result = Result.begin("growth");
    Map<String, Sample> once = Costs.at(new Scale(1), jar);
    for (Scale scale : SCALES) {
      Costs.at(scale, jar)
          .forEach(
              (name, figure) ->
                  result.add(
                      Measure.of(scale + ": " + name, "", figure)
                          .beside("1×", once.get(name))
                          .ratioAtMost(FLAT)));
    }
    result.publish();
  }
}
