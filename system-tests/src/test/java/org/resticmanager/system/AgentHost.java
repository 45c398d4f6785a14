package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A machine as far as the product is concerned: an agent with a data folder of its own, and a place
 * for a repository and for files to back up.
 */
final class AgentHost implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

  private final Scratch scratch;
  private final String name;
  private final Path jar;
  private final Path log;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> ownEnvironment = new ArrayList<>();
  private Optional<Path> restic;
  private UnaryOperator<List<String>> user = UnaryOperator.identity();
  private Optional<Boot> boot = Optional.empty();
  private Program program;
  private int logBegin;

  /**
   * Nothing runs yet.
   *
   * @param name the host's
   * @param restic the one that it uses
   */
  AgentHost(String name, Restic restic) {
    this(name, restic, Project.agentJar());
  }

  /** As without the agent: it may be of another release than the one that was built. */
  AgentHost(String name, Restic restic, Path agentJar) {
    this.name = name;
    scratch = new Scratch(name);
    log = scratch.folder().resolve("agent.log");
    // copied to where every user of the machine can read them
    jar = copy(agentJar, "rw-r--r--");
    this.restic = Optional.of(copy(restic.path(), "rwxr-xr-x"));
    // a test does not wait for a stampede to spread
    environment.put("RESTIC_MANAGER_AGENT_RESTART_SPREAD_SECONDS", "0");
    environment.put("RESTIC_MANAGER_AGENT_BACKOFF_MAX_SECONDS", "2");
  }

  /** Puts a file where every user of the machine finds it. */
  Path copy(Path file, String rights) {
    try {
      Path copy =
          Files.copy(
              file,
              scratch.folder().resolve(file.getFileName()),
              StandardCopyOption.REPLACE_EXISTING);
      return Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(rights));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the agent run as {@link TestUser}. */
  AgentHost asTestUser() {
    user = TestUser::command;
    TestUser.give(newFolder("agent"));
    return this;
  }

  /** The agent is told of this restic instead; of none if empty. */
  AgentHost withRestic(Optional<Path> other) {
    restic = other;
    return this;
  }

  AgentHost withEnvironment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** As {@link #withEnvironment}, but not for what makes the agent run as another user. */
  AgentHost withOwnEnvironment(String variable, String value) {
    ownEnvironment.add(variable + "=" + value);
    return this;
  }

  String name() {
    return name;
  }

  Path folder() {
    return scratch.folder();
  }

  Path newFolder(String folderName) {
    return scratch.newFolder(folderName);
  }

  private Path data() {
    return scratch.folder().resolve("agent");
  }

  /** {@code enrol}, as a person would call it. */
  Program.Ended enrol(URI server, String token, String... options) {
    try {
      Path file = Files.writeString(scratch.folder().resolve("enrolment-token"), token + "\n");
      TestUser.give(
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------")));
      List<String> arguments =
          new ArrayList<>(List.of("--server", server.toString(), "--token-file", file.toString()));
      arguments.addAll(List.of("--name", name));
      restic.ifPresent(path -> arguments.addAll(List.of("--restic", path.toString())));
      arguments.addAll(List.of(options));
      return Program.run(
          scratch.folder().resolve("enrol.log"), environment, command("enrol", arguments));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code announce}, as a person would call it; it runs until somebody has decided. */
  Program announce(URI server) {
    return Program.start(
        scratch.folder().resolve("announce.log"),
        environment,
        command("announce", List.of("--server", server.toString(), "--name", name)));
  }

  /** Enrols, starts the agent and waits until it is online; returns the host's id. */
  String join(ControlPlane controlPlane) {
    return join(controlPlane, controlPlane.url());
  }

  /** As {@link #join(ControlPlane)}, at another address than the control plane's own. */
  String join(ControlPlane controlPlane, URI address) {
    Program.Ended enrolled = enrol(address, controlPlane.admin().newEnrolmentToken());
    assertThat(enrolled.exitCode()).as("enrol says: " + enrolled.output()).isZero();
    start();
    String id = controlPlane.admin().hostNamed(name).getString("id");
    controlPlane.admin().awaitOnline(id);
    return id;
  }

  /** {@code run}. */
  void start() {
    logBegin = log().length();
    // stop() leaves nothing behind; what kill() leaves is another matter
    List<String> options = new ArrayList<>(List.of("--end-jobs-on-stop"));
    restic.ifPresent(path -> options.addAll(List.of("--restic", path.toString())));
    program = Program.start(log, environment, command("run", options));
  }

  private List<String> command(String verb, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (!ownEnvironment.isEmpty()) {
      command.add("env");
      command.addAll(ownEnvironment);
    }
    command.addAll(Program.java("-jar", jar.toString(), verb, "--data", data().toString()));
    command.addAll(arguments);
    List<String> asUser = user.apply(command);
    return boot.map(current -> current.command(asUser)).orElse(asUser);
  }

  boolean running() {
    return program.alive();
  }

  /** SIGKILL to the agent; a restic that it had started lives on. */
  void kill() {
    program.kill();
  }

  /** The agent, restic and whatever else runs here is gone at once. */
  void losePower() {
    Processes.killAll(scratch.folder());
  }

  /** After {@link #losePower}: the machine is started again, and the agent with it. */
  void startAnew() {
    boot = Optional.of(new Boot(scratch.folder()));
    start();
  }

  /** Waits for the agent to end by itself. */
  int exitCode(Duration limit) {
    return program.exitCode(limit);
  }

  /** SIGTERM; returns when the agent is gone. It must say goodbye in time. */
  void stop() {
    program.terminate();
    program.exitCode(STOP_LIMIT);
    assertThat(log()).contains("disconnected from ");
  }

  /** What the agent has printed since it was first started. */
  String log() {
    return Files.exists(log) ? Program.read(log) : "";
  }

  /** Waits until the agent, since it was last started, has printed this. */
  void awaitLog(String words) {
    await("the agent prints '" + words + "'")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> log().substring(logBegin).contains(words));
  }

  /** The processes of this host: the agent and what it has started. */
  List<String> processes() {
    return Processes.describe(Processes.of(scratch.folder()));
  }

  @Override
  public void close() {
    scratch.close();
  }
}
