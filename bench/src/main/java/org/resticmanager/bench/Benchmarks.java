package org.resticmanager.bench;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

/** Runs benchmarks, and shows each beside its counterpart. */
public final class Benchmarks {

  /** A benchmark's counterpart has the same name with this at its end. */
  private static final String COUNTERPART = "ByJackson";

  /** The calls of which one figure is made: they take 5 ms and more. */
  static final int CALLS = 10_000;

  private Benchmarks() {}

  /**
   * @param arguments the folder for the results, the name of the run, and a regular expression for
   *     the benchmarks' names
   */
  public static void main(String[] arguments) throws RunnerException {
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
    table(results).forEach(System.out::println);
    System.out.println();
    System.out.println("All figures: " + file);
  }

  private static List<String> table(Collection<RunResult> results) {
    Map<String, Statistics> byName = new TreeMap<>(Comparator.naturalOrder());
    results.forEach(
        result ->
            byName.put(
                name(result.getParams()),
                result.getSecondaryResults().get(CpuTime.RESULT).getStatistics()));
    List<String> lines =
        byName.entrySet().stream()
            .filter(entry -> !entry.getKey().contains(COUNTERPART))
            .map(entry -> row(entry.getKey(), entry.getValue(), byName))
            .collect(Collectors.toList());
    lines.add(
        0, "| benchmark | CPU ns, median (least – most) | by Jackson | ratio |\n|---|--:|--:|--:|");
    return lines;
  }

  private static String row(String name, Statistics ours, Map<String, Statistics> byName) {
    int space = name.indexOf(' ');
    String counterpart =
        space < 0
            ? name + COUNTERPART
            : name.substring(0, space) + COUNTERPART + name.substring(space);
    Statistics theirs = byName.get(counterpart);
    return theirs == null
        ? String.format(Locale.ROOT, "| %s | %s | | |", name, figures(ours))
        : String.format(
            Locale.ROOT,
            "| %s | %s | %s | %.2f |",
            name,
            figures(ours),
            figures(theirs),
            median(ours) / median(theirs));
  }

  private static String figures(Statistics statistics) {
    return String.format(
        Locale.ROOT,
        "%,.0f (%,.0f – %,.0f)",
        median(statistics),
        statistics.getMin(),
        statistics.getMax());
  }

  private static double median(Statistics statistics) {
    return statistics.getPercentile(50);
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
