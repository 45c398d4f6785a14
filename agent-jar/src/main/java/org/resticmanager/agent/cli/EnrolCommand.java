package org.resticmanager.agent.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.connection.EnrolmentCall;
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

  @Mixin private EnrolmentOptions options;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the one-time token; - for standard input.")
  private String tokenFile;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String done =
        options.enrol(
            (address, trust, hostname, machine, folder) ->
                new EnrolmentCall(address, trust).enrol(token(), hostname, machine));
    spec.commandLine().getOut().println(done);
    return ExitCode.OK;
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
