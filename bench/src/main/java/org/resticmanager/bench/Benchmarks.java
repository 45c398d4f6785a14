package org.resticmanager.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Sample;

/** Runs benchmarks, and shows each beside its counterpart. */
public final class Benchmarks {

  /** A benchmark's counterpart has the same name with this at its end. */
  private static final String COUNTERPART = "ByJackson";

  private static final String EVERYTHING = ".*";
  private static final double MOST_RATIO = 2;

  /** The calls of which one figure is made: they take 5 ms and more. */
  static final int CALLS = 10_000;

  private Benchmarks() {}

  /**
   * @param arguments the folder for the results, the name of the run, and a regular expression for
   *     the benchmarks' names
   */
  public static void main(String[] arguments) throws RunnerException, IOException {
    Result result = Result.begin("codec");
    Path file = Path.of(arguments[0]).resolve(arguments[1] + ".json");
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(arguments[2])
                    // a fixed number of calls, compiled while one waits: nothing depends on how
                    // much of the processor is left to us
                    .mode(Mode.SingleShotTime)
                    .warmupBatchSize(CALLS)
                    .warmupIterations(15)
                    .measurementBatchSize(CALLS)
                    .measurementIterations(10)
                    .jvmArgs("-Xbatch", "-Xms256m", "-Xmx256m")
                    .forks(2)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .addProfiler(CpuTime.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .resultFormat(ResultFormatType.JSON)
                    .result(file.toString())
                    .build())
            .run();
    measures(results).forEach(result::add);
    if (arguments[2].equals(EVERYTHING)) {
      result.publish();
    } else {
      result.print();
    }
  }

  private static List<Measure> measures(Collection<RunResult> results) {
    Map<String, Sample> byName = new TreeMap<>(Comparator.naturalOrder());
    results.forEach(
        result -> {
          Statistics nanos = result.getSecondaryResults().get(CpuTime.RESULT).getStatistics();
          byName.put(
              name(result.getParams()),
              Sample.of(nanos.getPercentile(50), nanos.getMin(), nanos.getMax()));
        });
    return byName.keySet().stream()
        .filter(name -> !name.contains(COUNTERPART))
        .map(name -> measure(name, byName))
        .toList();
  }

  private static Measure measure(String name, Map<String, Sample> byName) {
    int space = name.indexOf(' ');
    String counterpart =
        space < 0
            ? name + COUNTERPART
            : name.substring(0, space) + COUNTERPART + name.substring(space);
    Measure measure = Measure.of(name, "ns", byName.get(name));
    return byName.containsKey(counterpart)
        ? measure.beside("Jackson", byName.get(counterpart)).ratioAtMost(MOST_RATIO)
        : measure;
  }

  /** The method and its class, and what the run was given. */
  private static String name(BenchmarkParams params) {
    String[] path = params.getBenchmark().split("\\.", -1);
    String owner = path[path.length - 2].replaceAll("Benchmark$", "");
    String given =
        params.getParamsKeys().stream()
            .map(key -> " " + params.getParam(key))
            .collect(Collectors.joining());
    return owner + "." + path[path.length - 1] + given;
  }
}
