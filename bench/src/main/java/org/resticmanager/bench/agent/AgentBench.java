package org.resticmanager.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.resticmanager.bench.figure.Table;
import org.resticmanager.bench.node.Folders;

/**
 * A first backup of 50,000 files to a repository in a folder, and one more of the same: by our
 * agent, from the order to the job's end, and by restic alone. In turns, each to a repository of
 * its own.
 */
public final class AgentBench {

  private static final int RUNS = 5;

  private final Path folder;
  private final Path source;
  private final BareRestic restic;
  private final String password;

  private final Compared first = new Compared("first backup");
  private final Compared unchanged = new Compared("nothing changed");

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
      // the first round brings files into memory and the agent's code to its speed, and is the
      // only one after which the agent asks for the repository's size and list: once a day
      for (int i = 0; i <= RUNS; i++) {
        if (i == 1) {
          first.forget();
          unchanged.forget();
        }
        runBare();
        runByAgent(controlPlane, agent);
      }
    }
    Table table =
        new Table(
            "%,d files, %d MB".formatted(SourceFiles.COUNT, bytes / 1_000_000),
            "wall s, median (least – most)",
            "CPU s, median (least – most)");
    first.print(table);
    unchanged.print(table);
    table.print(System.out);
  }

  private void runBare() throws IOException, InterruptedException {
    Path repository = newRepository();
    first.bare(restic.backup(repository, source));
    unchanged.bare(restic.backup(repository, source));
    Folders.delete(repository);
  }

  private void runByAgent(PlayedControlPlane controlPlane, AgentProcess agent)
      throws IOException, InterruptedException {
    Path repository = newRepository();
    controlPlane.connect(repository, password);
    first.byAgent(backup(controlPlane, agent));
    unchanged.byAgent(backup(controlPlane, agent));
    Folders.delete(repository);
  }

  private Cost backup(PlayedControlPlane controlPlane, AgentProcess agent)
      throws IOException, InterruptedException {
    Duration cpuBefore = agent.cpu();
    Duration wall = controlPlane.backup(source);
    return new Cost(wall, agent.cpu().minus(cpuBefore));
  }

  private Path newRepository() throws IOException, InterruptedException {
    Path repository = folder.resolve("repository");
    restic.init(repository);
    return repository;
  }
}
