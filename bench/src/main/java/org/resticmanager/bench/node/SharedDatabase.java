package org.resticmanager.bench.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A PostgreSQL of its own for several nodes, as {@code ci/database} sets it up: it takes more
 * connections than the one that a node brings.
 */
public final class SharedDatabase implements AutoCloseable {

  private final Path script;
  private final Path folder;
  private final Thread stop = new Thread(this::stop);

  /**
   * Creates and starts it, empty.
   *
   * @param script {@code ci/database}
   */
  public SharedDatabase(Path script) throws IOException, InterruptedException {
    this.script = script;
    folder = Files.createTempDirectory("restic-manager-bench-database");
    Runtime.getRuntime().addShutdownHook(stop);
    int ended = run("start", folder.toString(), Integer.toString(Node.freePort()));
    if (ended != 0) {
      throw new IllegalStateException("the database did not start, see " + folder.resolve("log"));
    }
  }

  /** For nodes. */
  public NodeDatabase database() throws IOException {
    return NodeDatabase.of(
        folder.resolve("data/postmaster.pid"), folder.resolve("superuser-password"));
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = script.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("console").toFile())
        .start()
        .waitFor();
  }

  private void stop() {
    try {
      run("stop", folder.toString());
    } catch (IOException e) {
      System.err.println("the database in " + folder + " was not stopped: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops it and deletes its folder. */
  @Override
  public void close() throws IOException {
    stop();
    Runtime.getRuntime().removeShutdownHook(stop);
    Folders.delete(folder);
  }
}
