package org.resticmanager.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The processor time that the measured thread spends on an operation: it says the same on a machine
 * that does other things as well, where time by the clock says nothing. JMH makes one in each
 * process that it forks.
 */
public final class CpuTime implements InternalProfiler {

  /** The name of the result, in nanoseconds per operation. */
  static final String RESULT = "cpu";

  private static final String WORKER = "jmh-worker";

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long before;

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = spent();
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double nanos = spent() - before;
    return List.of(
        new ScalarResult(RESULT, nanos / Benchmarks.CALLS, "ns/op", AggregationPolicy.AVG));
  }

  /** By the threads that run the benchmark, which live as long as their process. */
  private long spent() {
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(Objects::nonNull)
        .filter(thread -> thread.getThreadName().contains(WORKER))
        .mapToLong(ThreadInfo::getThreadId)
        .map(threads::getThreadCpuTime)
        .sum();
  }

  @Override
  public String getDescription() {
    return "processor time of the measured thread per operation";
  }
}
