package org.resticmanager.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.figure.Table;
import org.resticmanager.bench.node.Folders;

/**
 * A first backup of 50,000 files to a repository in a folder: by our agent, from the order to the
 * job's end, and by restic alone. One after the other in turns, each to a repository of its own.
 */
public final class AgentBench {

  private static final int RUNS = 5;

  private final Path folder;
  private final Path source;
  private final BareRestic restic;
  private final String password;

  private final List<Cost> bare = new ArrayList<>();
  private final List<Cost> inventory = new ArrayList<>();
  private final List<Cost> byAgent = new ArrayList<>();

  private AgentBench(Path folder, Path resticFile) {
    this.folder = folder;
    this.source = folder.resolve("source");
    this.password = UUID.randomUUID().toString();
    this.restic = new BareRestic(resticFile, folder, password);
  }

  /**
   * @param arguments the agent's runnable file and the restic
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("restic-manager-bench");
    try {
      new AgentBench(folder, Path.of(arguments[1]))
          .run(Path.of(arguments[0]), Path.of(arguments[1]));
    } finally {
      Folders.delete(folder);
    }
  }

  private void run(Path agentJar, Path resticFile) throws IOException, InterruptedException {
    long bytes = SourceFiles.make(source);
    try (PlayedControlPlane controlPlane = new PlayedControlPlane();
        AgentProcess agent =
            new AgentProcess(agentJar, resticFile, controlPlane.address(), folder)) {
      controlPlane.greet();
      // the first of each brings files into memory and the agent's code to its speed, and is the
      // only one after which
      // the agent asks for the repository's size: once a day
      for (int i = 0; i <= RUNS; i++) {
        if (i == 1) {
          bare.clear();
          inventory.clear();
          byAgent.clear();
        }
        runBare();
        runByAgent(controlPlane, agent);
      }
    }
    print(bytes);
  }

  private void runBare() throws IOException, InterruptedException {
    Path repository = newRepository();
    bare.add(restic.backup(repository, source));
    inventory.add(restic.inventory(repository));
    Folders.delete(repository);
  }

  private void runByAgent(PlayedControlPlane controlPlane, AgentProcess agent)
      throws IOException, InterruptedException {
    Path repository = newRepository();
    controlPlane.connect(repository, password);
    Duration cpuBefore = agent.cpu();
    Duration wall = controlPlane.backup(source);
    byAgent.add(new Cost(wall, agent.cpu().minus(cpuBefore)));
    Folders.delete(repository);
  }

  private Path newRepository() throws IOException, InterruptedException {
    Path repository = folder.resolve("repository");
    restic.init(repository);
    return repository;
  }

  private void print(long bytes) {
    List<Cost> all = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      all.add(bare.get(i).plus(inventory.get(i)));
    }
    Table table =
        new Table(
            "%,d files, %d MB".formatted(SourceFiles.COUNT, bytes / 1_000_000),
            "wall s, median (least – most)",
            "CPU s, median (least – most)");
    row(table, "restic backup", bare);
    row(table, "restic backup, then snapshots", all);
    row(table, "the agent's job, which is both", byAgent);
    overhead(table, "more than restic backup", bare);
    overhead(table, "more than both", all);
    table.print(System.out);
  }

  private static void row(Table table, String name, List<Cost> costs) {
    Sample wall = seconds(costs, Cost::wall);
    Sample cpu = seconds(costs, Cost::cpu);
    table.row(
        name,
        "%.2f (%.2f – %.2f) | %.2f (%.2f – %.2f)",
        wall.median(),
        wall.least(),
        wall.most(),
        cpu.median(),
        cpu.least(),
        cpu.most());
  }

  private void overhead(Table table, String name, List<Cost> reference) {
    table.row(
        name, "%+.1f %% | %+.1f %%", percent(Cost::wall, reference), percent(Cost::cpu, reference));
  }

  private double percent(Function<Cost, Duration> what, List<Cost> reference) {
    return 100 * (seconds(byAgent, what).median() / seconds(reference, what).median() - 1);
  }

  private static Sample seconds(List<Cost> costs, Function<Cost, Duration> what) {
    return new Sample(costs.stream().map(what).map(time -> time.toNanos() / 1e9).toList());
  }
}
