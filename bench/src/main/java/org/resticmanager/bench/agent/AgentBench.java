package org.resticmanager.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.resticmanager.bench.figure.Growth;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Rounds;
import org.resticmanager.bench.node.Folders;

/**
 * A first backup of 50,000 files to a repository in a folder, and some more of the same: by our
 * agent, from the order to the job's end, and by restic alone. In turns, each to a repository of
 * its own. Then by the agent of a sixteenth and of a quarter of them.
 */
public final class AgentBench {

  private static final int ROUNDS = 3;

  /** In each round; its figure is their mean, because each is short. */
  private static final int UNCHANGED_BACKUPS = 3;

  private static final String FIRST = "first backup";
  private static final String UNCHANGED = "backup in which nothing has changed";
  private static final String WALL = " wall";
  private static final String CPU = " CPU";

  /** How much more than restic alone a backup by the agent may take. */
  private static final double MOST_WALL = 1.03;

  private static final double MOST_CPU = 1.05;

  private final Path folder;
  private final Path source;
  private final BareRestic restic;
  private final String password;

  private AgentBench(Path folder, Path resticFile) {
    this.folder = folder;
    this.source = folder.resolve("source");
    this.password = UUID.randomUUID().toString();
    this.restic = new BareRestic(resticFile, folder, password);
  }

  /**
   * @param arguments the agent's runnable file, the restic, and install.sh
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("restic-manager-bench");
    try {
      Path jar = Path.of(arguments[0]);
      Path resticFile = Path.of(arguments[1]);
      List<String> javaOptions = ServiceUnit.javaOptions(Path.of(arguments[2]));
      new AgentBench(folder, resticFile).run(jar, resticFile, javaOptions);
    } finally {
      Folders.delete(folder);
    }
  }

  private void run(Path agentJar, Path resticFile, List<String> javaOptions) throws Exception {
    Result result = Result.begin("agent");
    long bytes = SourceFiles.make(source);
    try (PlayedControlPlane controlPlane = new PlayedControlPlane();
        AgentProcess agent = enrolled(agentJar, resticFile, javaOptions, controlPlane)) {
      controlPlane.greet();
      // the warm-up brings files into memory and the agent's code to its speed, and is the only
      // round after which the agent asks for the repository's size and list: once a day
      Rounds rounds =
          Rounds.of(1, ROUNDS, () -> byAgent(controlPlane, agent, source), this::byResticAlone);
      for (String backup : List.of(FIRST, UNCHANGED)) {
        result.add(
            rounds
                .measure(backup + WALL, backup + ", wall", "s", "restic alone")
                .ratioAtMost(MOST_WALL));
        result.add(
            rounds
                .measure(backup + CPU, backup + ", CPU", "s", "restic alone")
                .ratioAtMost(MOST_CPU));
      }
      growth(controlPlane, agent, rounds, new Growth(result));
    }
    result.add(Measure.of("files in the backup", "", SourceFiles.COUNT));
    result.add(Measure.of("size of the backup", "MB", bytes / 1e6));
    result.publish();
  }

  /** By the agent: a sixteenth of the files, a quarter, and all, which are measured already. */
  private void growth(
      PlayedControlPlane controlPlane, AgentProcess agent, Rounds all, Growth growth)
      throws Exception {
    for (int times : Growth.TIMES) {
      Path part = SourceFiles.part(source, times);
      Rounds rounds =
          times == Growth.MOST
              ? all
              : Rounds.of(0, ROUNDS, () -> byAgent(controlPlane, agent, part), Map::of);
      for (String backup : List.of(FIRST, UNCHANGED)) {
        growth.ofAll(times, backup + ", wall, s", rounds.ours(backup + WALL));
        growth.ofAll(times, backup + ", CPU, s", rounds.ours(backup + CPU));
      }
    }
  }

  private AgentProcess enrolled(
      Path agentJar, Path resticFile, List<String> javaOptions, PlayedControlPlane controlPlane)
      throws IOException, InterruptedException {
    AgentProcess.enrol(agentJar, resticFile, controlPlane.address(), folder);
    return new AgentProcess(
        agentJar, ServiceUnit.withArchive(javaOptions, agentJar, folder), folder);
  }

  private Map<String, Double> byResticAlone() throws Exception {
    Path repository = newRepository();
    Map<String, Double> figures = figures(() -> restic.backup(repository, source));
    Folders.delete(repository);
    return figures;
  }

  private Map<String, Double> byAgent(
      PlayedControlPlane controlPlane, AgentProcess agent, Path files) throws Exception {
    Path repository = newRepository();
    controlPlane.connect(repository, password);
    Map<String, Double> figures =
        figures(
            () -> {
              Duration cpuBefore = agent.cpu();
              Duration wall = controlPlane.backup(files);
              return new Cost(wall, agent.cpu().minus(cpuBefore));
            });
    Folders.delete(repository);
    return figures;
  }

  private static Map<String, Double> figures(Callable<Cost> backup) throws Exception {
    Map<String, Double> figures = new HashMap<>();
    note(FIRST, backup.call(), figures);
    Cost unchanged = Cost.NONE;
    for (int i = 0; i < UNCHANGED_BACKUPS; i++) {
      unchanged = unchanged.plus(backup.call());
    }
    note(UNCHANGED, unchanged.dividedBy(UNCHANGED_BACKUPS), figures);
    return figures;
  }

  private static void note(String backup, Cost cost, Map<String, Double> figures) {
    figures.put(backup + WALL, Measure.seconds(cost.wall()));
    figures.put(backup + CPU, Measure.seconds(cost.cpu()));
  }

  private Path newRepository() throws IOException, InterruptedException {
    Path repository = folder.resolve("repository");
    restic.init(repository);
    return repository;
  }
}
