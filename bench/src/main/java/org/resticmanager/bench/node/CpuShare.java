package org.resticmanager.bench.node;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The processor time that those who share the machine have taken.
 *
 * @param node the control plane's JVM, or those of all its nodes
 * @param database its PostgreSQL
 * @param load this process, which simulates agents and people
 */
public record CpuShare(Duration node, Duration database, Duration load) {

  /** Until now. */
  public static CpuShare of(Node node, NodeDatabase database) throws IOException {
    return of(List.of(node), database);
  }

  /** Until now, of several nodes on one database. */
  public static CpuShare of(List<Node> nodes, NodeDatabase database) throws IOException {
    Duration all = Duration.ZERO;
    for (Node node : nodes) {
      all = all.plus(CpuClock.of(node.pid()));
    }
    return new CpuShare(
        all, CpuClock.ofTree(database.pid()), CpuClock.of(ProcessHandle.current().pid()));
  }

  /** What was taken since then. */
  public CpuShare since(CpuShare before) {
    return new CpuShare(
        node.minus(before.node), database.minus(before.database), load.minus(before.load));
  }

  /** In cores, while this time went by, by who took them. */
  public Map<String, Double> inCores(Duration elapsed) {
    Map<String, Double> cores = new LinkedHashMap<>();
    cores.put("control plane", cores(node, elapsed));
    cores.put("PostgreSQL", cores(database, elapsed));
    cores.put("simulation", cores(load, elapsed));
    return cores;
  }

  private static double cores(Duration cpu, Duration elapsed) {
    return (double) cpu.toNanos() / elapsed.toNanos();
  }
}
