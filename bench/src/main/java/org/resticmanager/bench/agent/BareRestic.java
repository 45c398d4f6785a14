package org.resticmanager.bench.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.resticmanager.bench.node.CpuClock;

/**
 * restic called directly, with the options and in the environment that our agent gives it, its
 * output to files.
 */
final class BareRestic {

  static final String TAG = "files";

  private final Path restic;
  private final Path folder;
  private final String password;

  /**
   * @param folder for its output and its cache
   */
  BareRestic(Path restic, Path folder, String password) {
    this.restic = restic;
    this.folder = folder;
    this.password = password;
  }

  void init(Path repository) throws IOException, InterruptedException {
    run(repository, "init", "--json");
  }

  Cost backup(Path repository, Path source) throws IOException, InterruptedException {
    return run(
        repository, "backup", "--json", "--host=bench", "--tag=" + TAG, "--", source.toString());
  }

  private Cost run(Path repository, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(restic.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "RESTIC_REPOSITORY",
                repository.toString(),
                "RESTIC_PASSWORD",
                password,
                "RESTIC_PROGRESS_FPS",
                "1",
                "RESTIC_CACHE_DIR",
                folder.resolve("cache").toString()));
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    long ourselves = ProcessHandle.current().pid();
    Duration cpuBefore = CpuClock.ofEndedChildren(ourselves);
    long begun = System.nanoTime();
    int code = builder.start().waitFor();
    Duration wall = Duration.ofNanos(System.nanoTime() - begun);
    if (code != 0) {
      throw new IllegalStateException(arguments[0] + " ended with " + code + ", see " + folder);
    }
    return new Cost(wall, CpuClock.ofEndedChildren(ourselves).minus(cpuBefore));
  }
}
