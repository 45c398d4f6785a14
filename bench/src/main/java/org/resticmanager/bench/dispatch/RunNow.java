package org.resticmanager.bench.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.resticmanager.bench.AtOnce;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.node.Api;

/**
 * Runs now, of hosts taken at random.
 *
 * @param agents of the hosts
 */
record RunNow(List<DispatchAgent> agents, Api admin) {

  static final String P50 = "p50";
  static final String P99 = "p99";

  /** In milliseconds. */
  static Map<String, Double> figures(Sample nanos) {
    return Map.of(P50, nanos.median() / 1e6, P99, nanos.percentile(99) / 1e6);
  }

  /** In nanoseconds, one after the other. */
  Sample oneByOne(int count) throws InterruptedException {
    Random random = new Random();
    List<Long> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(agents.get(random.nextInt(agents.size())).runNow(admin));
    }
    return new Sample(runs);
  }

  /** Each thread has hosts of its own, so that no host has to do two things at once. */
  Sample atOnce(int threads, int count) throws InterruptedException, ExecutionException {
    List<Callable<Sample>> all = new ArrayList<>();
    int share = agents.size() / threads;
    for (int i = 0; i < threads; i++) {
      RunNow own = new RunNow(agents.subList(i * share, (i + 1) * share), admin);
      all.add(() -> own.oneByOne(count / threads));
    }
    return Sample.all(AtOnce.all(threads, all));
  }

  /** What any call of the API takes, in nanoseconds. */
  Sample gets(int count) {
    Random random = new Random();
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String host = agents.get(random.nextInt(agents.size())).host().id();
      long asked = System.nanoTime();
      admin.get("/api/v1/hosts/" + host, 200);
      nanos.add(System.nanoTime() - asked);
    }
    return new Sample(nanos);
  }
}
