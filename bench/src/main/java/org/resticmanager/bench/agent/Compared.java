package org.resticmanager.bench.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.figure.Table;

/** What one kind of backup costs by restic alone and by our agent. */
final class Compared {

  private final String what;
  private final List<Cost> bare = new ArrayList<>();
  private final List<Cost> byAgent = new ArrayList<>();

  Compared(String what) {
    this.what = what;
  }

  void bare(Cost cost) {
    bare.add(cost);
  }

  void byAgent(Cost cost) {
    byAgent.add(cost);
  }

  /** Those until now do not count. */
  void forget() {
    bare.clear();
    byAgent.clear();
  }

  void print(Table table) {
    row(table, "restic backup", bare);
    row(table, "the agent's job", byAgent);
    table.row(what + ": ratio", "%.3f | %.3f", ratio(Cost::wall), ratio(Cost::cpu));
  }

  private void row(Table table, String name, List<Cost> costs) {
    Sample wall = seconds(costs, Cost::wall);
    Sample cpu = seconds(costs, Cost::cpu);
    table.row(
        what + ": " + name,
        "%.2f (%.2f – %.2f) | %.2f (%.2f – %.2f)",
        wall.median(),
        wall.least(),
        wall.most(),
        cpu.median(),
        cpu.least(),
        cpu.most());
  }

  private double ratio(Function<Cost, Duration> cost) {
    return seconds(byAgent, cost).median() / seconds(bare, cost).median();
  }

  private static Sample seconds(List<Cost> costs, Function<Cost, Duration> cost) {
    return new Sample(costs.stream().map(cost).map(time -> time.toNanos() / 1e9).toList());
  }
}
