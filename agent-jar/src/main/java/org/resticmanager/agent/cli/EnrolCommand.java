package org.resticmanager.agent.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.resticmanager.agent.config.ConfigProblem;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.Enrolment;
import org.resticmanager.agent.config.EnrolmentStore;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.agent.config.RunLock;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.connection.EnrolmentCall;
import org.resticmanager.agent.connection.EnrolmentFailed;
import org.resticmanager.agent.connection.ServerAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "enrol",
    mixinStandardHelpOptions = true,
    versionProvider = Agent.Versions.class,
    description = {
      "Makes this agent known to a control plane.",
      "The one-time token comes from --token-file, from the variable"
          + " RESTIC_MANAGER_ENROLMENT_TOKEN, or is asked for."
    })
final class EnrolCommand implements Callable<Integer> {

  private static final String TOKEN_VARIABLE = "RESTIC_MANAGER_ENROLMENT_TOKEN";

  @Mixin private DataOption data;

  @Option(
      names = "--server",
      required = true,
      paramLabel = "URL",
      description = "The control plane, for example https://backup.example.com")
  private String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the one-time token; - for standard input.")
  private String tokenFile;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The host's name; the machine's own unless given.")
  private String name;

  @Option(
      names = "--restic",
      paramLabel = "PATH",
      description = "The restic to run; the one on PATH unless given.")
  private Path restic;

  @Option(names = "--replace", description = "Forgets an earlier enrolment.")
  private boolean replace;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ServerAddress address = ServerAddress.parse(server);
    DataFolder folder = data.folder().prepared();
    try (RunLock lock = lock(folder)) {
      EnrolmentStore store = new EnrolmentStore(folder);
      Optional<Enrolment> earlier = earlier(store);
      Machine machine = Machine.local();
      String hostname = name == null || name.isBlank() ? machine.hostname() : name.strip();
      EnrolmentCall.Enrolled enrolled = ask(address, hostname, machine);
      if (earlier.isPresent() && !sameHost(earlier.get(), address, enrolled)) {
        forgetJobsAndSecrets(folder);
      }
      store.save(
          new Enrolment(
              address.base(),
              enrolled.hostId(),
              enrolled.hostName(),
              enrolled.agentToken(),
              Optional.ofNullable(restic).map(Path::toAbsolutePath)));
      spec.commandLine().getOut().println("enrolled at " + address + " as " + enrolled.hostName());
      return ExitCode.OK;
    }
  }

  private RunLock lock(DataFolder folder) throws IOException {
    return RunLock.take(folder)
        .orElseThrow(
            () ->
                new Failure(
                    ExitCode.RUNNING,
                    "an agent runs on " + folder.root() + "; stop it before enrolling"));
  }

  private Optional<Enrolment> earlier(EnrolmentStore store) {
    Optional<Enrolment> earlier;
    try {
      earlier = store.load();
    } catch (ConfigProblem e) {
      if (replace) {
        return Optional.empty();
      }
      throw e;
    }
    if (earlier.isPresent() && !replace) {
      throw new Failure(
          ExitCode.ENROLMENT,
          "this agent is already enrolled at "
              + earlier.get().server()
              + " as "
              + earlier.get().hostName()
              + "; use --replace to forget that");
    }
    return earlier;
  }

  private EnrolmentCall.Enrolled ask(ServerAddress address, String hostname, Machine machine)
      throws IOException {
    try {
      return new EnrolmentCall(address).enrol(token(), hostname, machine);
    } catch (EnrolmentFailed e) {
      throw new Failure(
          e.obstacle() == EnrolmentFailed.Obstacle.REFUSED
              ? ExitCode.REFUSED
              : ExitCode.NOT_REACHABLE,
          e.getMessage());
    }
  }

  private static boolean sameHost(
      Enrolment earlier, ServerAddress address, EnrolmentCall.Enrolled enrolled) {
    return earlier.server().equals(address.base()) && earlier.hostId().equals(enrolled.hostId());
  }

  /** They belong to the host that this agent no longer is. */
  private static void forgetJobsAndSecrets(DataFolder folder) throws IOException {
    List<Path> old;
    try (Stream<Path> files = Files.walk(folder.jobs())) {
      old = files.filter(file -> !file.equals(folder.jobs())).sorted().toList();
    }
    for (int i = old.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(old.get(i));
    }
    Files.deleteIfExists(folder.secrets());
    Files.deleteIfExists(folder.finishedJobs());
  }

  private String token() throws IOException {
    String token = readToken().strip();
    if (token.isEmpty()) {
      throw new Failure(ExitCode.USAGE, "the one-time token is empty");
    }
    return token;
  }

  private String readToken() throws IOException {
    if ("-".equals(tokenFile)) {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    }
    if (tokenFile != null) {
      try {
        return Files.readString(Path.of(tokenFile), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new Failure(
            ExitCode.FAILED, "cannot read the token from " + tokenFile + " (" + Words.of(e) + ")");
      }
    }
    if (System.getenv(TOKEN_VARIABLE) != null) {
      return System.getenv(TOKEN_VARIABLE);
    }
    Console console = System.console();
    if (console == null) {
      throw new Failure(
          ExitCode.USAGE,
          "there is no one-time token; give it with --token-file FILE, or in the variable "
              + TOKEN_VARIABLE);
    }
    char[] typed = console.readPassword("One-time token: ");
    return typed == null ? "" : new String(typed);
  }
}
