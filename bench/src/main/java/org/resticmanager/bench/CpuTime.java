package org.resticmanager.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The processor time that an operation takes, garbage collection included: it says the same on a
 * machine that does other things as well, where time by the clock says nothing. JMH makes one in
 * each process that it forks.
 */
public final class CpuTime implements InternalProfiler {

  /** The name of the result, in nanoseconds per operation. */
  static final String RESULT = "cpu";

  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long before;

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = process.getProcessCpuTime();
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double spent = process.getProcessCpuTime() - before;
    return List.of(
        new ScalarResult(
            RESULT, spent / result.getMetadata().getAllOps(), "ns/op", AggregationPolicy.AVG));
  }

  @Override
  public String getDescription() {
    return "processor time of the whole process per operation";
  }
}
