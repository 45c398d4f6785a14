package org.resticmanager.conformance.cli;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells whether a control plane, or an agent, speaks restic-manager's wire protocol. */
@Command(
    name = "restic-manager-conformance",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = {
      "Tries whether a control plane, or an agent, speaks restic-manager's wire protocol.",
      "Ends with 0 if nothing was broken, 1 if something was, 2 if it was called wrongly."
    },
    subcommands = {ServerCommand.class, AgentCommand.class, CommandLine.HelpCommand.class})
public final class Conformance implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Conformance())
        .setExecutionExceptionHandler(
            (problem, command, result) -> {
              if (!(problem instanceof IOException)) {
                throw problem;
              }
              command.getErr().println("cannot read or write a file: " + problem.getMessage());
              return ExitCode.USAGE;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say whom to try: server or agent");
  }
}
