package org.resticmanager.agent.connection;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.resticmanager.agent.cli.Agent;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.Enrolment;
import org.resticmanager.agent.config.EnrolmentStore;

/** The agent as a process of its own, as it runs on a host. */
final class AgentProcess implements AutoCloseable {

  private final Path data;
  private final Path log;
  private final List<String> options;
  private Process process;

  AgentProcess(Path folder, URI server, Path restic, String... options) {
    this.data = folder.resolve("data");
    this.log = folder.resolve("agent.log");
    this.options = List.of(options);
    DataFolder prepared = new DataFolder(data).prepared();
    new EnrolmentStore(prepared)
        .save(new Enrolment(server, "h1", "web01", "agent-token", Optional.of(restic)));
  }

  void start() throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, Agent.class.getName()));
    command.addAll(List.of("run", "--data", data.toString()));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("RESTIC_MANAGER_AGENT_RESTART_SPREAD_SECONDS", "0");
    builder.environment().put("RESTIC_MANAGER_AGENT_BACKOFF_MAX_SECONDS", "1");
    process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM. */
  void terminate() throws InterruptedException {
    process.destroy();
    awaitEnd();
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the agent goes on");
    }
    return process.exitValue();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  Path jobFolder(String id) {
    return data.resolve("jobs").resolve(id);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }
}
