package org.resticmanager.agent.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.resticmanager.agent.config.AgentVersion;
import org.resticmanager.agent.config.ConfigProblem;
import org.resticmanager.agent.config.Words;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The agent's command line. */
@Command(
    name = "restic-manager-agent",
    mixinStandardHelpOptions = true,
    versionProvider = Agent.Versions.class,
    description = "Runs restic on this machine for a restic-manager control plane.")
public final class Agent implements Runnable {

  private static final String DEBUG = "RESTIC_MANAGER_AGENT_DEBUG";

  private static final List<Class<?>> COMMANDS =
      List.of(
          EnrolCommand.class,
          AnnounceCommand.class,
          RunCommand.class,
          PrepareCommand.class,
          StatusCommand.class,
          VersionCommand.class,
          CommandLine.HelpCommand.class);

  @Spec private CommandSpec spec;

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] arguments) {
    LogLines.toStdout(System.getenv(DEBUG) != null);
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** For these arguments. */
  static CommandLine commandLine(String... arguments) {
    CommandLine agent = new CommandLine(new Agent());
    commands(arguments).forEach(agent::addSubcommand);
    return withWords(agent);
  }

  /** All, or the one that is asked for: picocli takes milliseconds of each start for each. */
  private static List<Class<?>> commands(String... arguments) {
    List<Class<?>> asked =
        COMMANDS.stream()
            .filter(
                command ->
                    arguments.length > 0
                        && command.getAnnotation(Command.class).name().equals(arguments[0]))
            .filter(command -> command != CommandLine.HelpCommand.class) // it tells of all
            .toList();
    return asked.isEmpty() ? COMMANDS : asked;
  }

  private static CommandLine withWords(CommandLine agent) {
    return agent
        .setParameterExceptionHandler(
            (problem, arguments) -> {
              problem
                  .getCommandLine()
                  .getErr()
                  .println(
                      Words.oneLine(problem.getMessage())
                          + "; try '"
                          + problem.getCommandLine().getCommandSpec().qualifiedName()
                          + " --help'");
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (problem, command, result) -> {
              command.getErr().println(describe(problem));
              return problem instanceof Failure failure ? failure.exitCode() : ExitCode.FAILED;
            });
  }

  private static String describe(Exception problem) {
    if (problem instanceof Failure || problem instanceof ConfigProblem) {
      return problem.getMessage();
    }
    System.getLogger(Agent.class.getName()).log(System.Logger.Level.DEBUG, "failed", problem);
    return problem instanceof IOException || problem instanceof UncheckedIOException
        ? "cannot read or write the data folder (" + Words.of(problem) + ")"
        : "failed unexpectedly ("
            + Words.of(problem)
            + "); set "
            + DEBUG
            + "=1 and run it again for the details";
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: enrol, announce, run, status or version");
  }

  static final class Versions implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"restic-manager-agent " + AgentVersion.current()};
    }
  }
}
