package org.resticmanager.bench.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.bench.node.CpuClock;

/** Our agent as a process of its own, enrolled and running. */
final class AgentProcess implements AutoCloseable {

  private final Process process;

  /**
   * Enrols and starts it.
   *
   * @param jar the agent's runnable file
   * @param folder for its data
   */
  AgentProcess(Path jar, Path restic, URI controlPlane, Path folder)
      throws IOException, InterruptedException {
    Path token = folder.resolve("enrolment-token");
    Files.writeString(token, "any\n");
    String data = folder.resolve("agent").toString();
    Process enrolment =
        start(
            jar,
            folder,
            List.of(
                "enrol",
                "--data",
                data,
                "--server",
                controlPlane.toString(),
                "--token-file",
                token.toString(),
                "--name",
                "bench",
                "--restic",
                restic.toString()));
    if (enrolment.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log(folder)));
    }
    process = start(jar, folder, List.of("run", "--data", data));
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  private static Process start(Path jar, Path folder, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
        .start();
  }

  private static Path log(Path folder) {
    return folder.resolve("agent.log");
  }

  /** Until now, with all that it has started and that has ended. */
  Duration cpu() throws IOException {
    return CpuClock.of(process.pid());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
