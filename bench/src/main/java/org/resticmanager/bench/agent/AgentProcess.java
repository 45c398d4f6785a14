package org.resticmanager.bench.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.bench.Jdk;
import org.resticmanager.bench.node.CpuClock;

/** Our agent as a process of its own, enrolled and running. */
public final class AgentProcess implements AutoCloseable {

  private final Process process;

  /**
   * Starts one that is enrolled.
   *
   * @param jar the agent's runnable file
   * @param javaOptions of its JVM
   * @param folder where it was enrolled
   */
  public AgentProcess(Path jar, List<String> javaOptions, Path folder) throws IOException {
    process = start(jar, javaOptions, folder, List.of("run", "--data", data(folder)));
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /**
   * Enrols one.
   *
   * @param folder for its data
   */
  public static void enrol(Path jar, Path restic, URI controlPlane, Path folder)
      throws IOException, InterruptedException {
    Path token = folder.resolve("enrolment-token");
    Files.writeString(token, "any\n");
    Process enrolment =
        start(
            jar,
            List.of(),
            folder,
            List.of(
                "enrol",
                "--data",
                data(folder),
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
  }

  /** Has one go through a start without a control plane, and ends it. */
  public static void prepare(Path jar, List<String> javaOptions, Path folder)
      throws IOException, InterruptedException {
    Path data = folder.resolve("prepare");
    Process preparing =
        start(jar, javaOptions, folder, List.of("prepare", "--data", data.toString()));
    if (preparing.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log(folder)));
    }
  }

  private static Process start(
      Path jar, List<String> javaOptions, Path folder, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Jdk.tool("java"));
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
        .start();
  }

  private static String data(Path folder) {
    return folder.resolve("agent").toString();
  }

  private static Path log(Path folder) {
    return folder.resolve("agent.log");
  }

  public long pid() {
    return process.pid();
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
