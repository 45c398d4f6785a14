package org.resticmanager.conformance.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.resticmanager.conformance.agent.AgentSuite;
import org.resticmanager.conformance.agent.Starter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = {
      "Plays the control plane to an agent on this machine.",
      "Give it an agent that is of no use otherwise: it is told to back up what the kit makes up,"
          + " to a repository in a temporary folder."
    })
final class AgentCommand implements Callable<Integer> {

  private static final Duration FIRST_WAIT = Duration.ofMinutes(5);

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Where to wait for the agent; without it a free port.")
  private int port;

  @Option(
      names = "--address",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description = "On which address of this machine; ${DEFAULT-VALUE} by default.")
  private InetAddress address;

  @Option(
      names = "--start",
      paramLabel = "COMMAND",
      description = {
        "A shell command that starts the agent and stays with it. It finds RM_SERVER_URL, and the"
            + " names of two files: RM_ENROLMENT_TOKEN_FILE, with a token for POST"
            + " /api/v1/enrolments, and RM_AGENT_TOKEN_FILE, for agents that do not enrol.",
        "Without it the address is printed, and you start the agent."
      })
  private String start;

  @Option(
      names = "--agent-token-file",
      paramLabel = "FILE",
      description = "The token that the agent has already; without it one is made.")
  private Path tokenFile;

  @Option(
      names = "--agent-log",
      paramLabel = "FILE",
      description = "Where to put what the started agent prints; thrown away without it.")
  private Path agentLog;

  @Mixin private Waiting waiting;
  @Mixin private Reporting reporting;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("restic-manager-conformance");
    try (AgentSuite suite = suite(folder)) {
      if (reporting.listOnly()) {
        return reporting.list(suite.checks());
      }
      if (start == null) {
        spec.commandLine()
            .getOut()
            .println(
                "Start the agent now. It is to connect to "
                    + suite.address()
                    + "; tokens are in "
                    + folder);
      }
      return reporting.run("agent", suite.checks());
    } finally {
      delete(folder);
    }
  }

  private AgentSuite suite(Path folder) throws IOException {
    String token =
        tokenFile == null ? UUID.randomUUID().toString() : Files.readString(tokenFile).strip();
    if (token.isEmpty()) {
      throw new ParameterException(spec.commandLine(), tokenFile + " is empty");
    }
    return new AgentSuite(
        address, port, token, starter(folder), folder, FIRST_WAIT, waiting.patience());
  }

  private Optional<Starter> starter(Path folder) {
    Path log = agentLog == null ? folder.resolve("agent.log") : agentLog;
    return Optional.ofNullable(start)
        .map(command -> environment -> new Started(Shell.start(command, environment, log)));
  }

  private record Started(Process process) implements Starter.Running {

    @Override
    public boolean alive() {
      return process.isAlive();
    }

    @Override
    public void end() throws InterruptedException {
      Shell.end(process);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
