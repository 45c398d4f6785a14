package org.resticmanager.conformance.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.resticmanager.conformance.server.Hook;
import org.resticmanager.conformance.server.ServerSuite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description = {
      "Plays the agent of one host against a control plane.",
      "Give it a host of its own: what the host backs up is made up, and its snapshots are"
          + " overwritten."
    })
final class ServerCommand implements Callable<Integer> {

  private static final String TOKEN = "RESTIC_MANAGER_AGENT_TOKEN";

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The control plane's address, as agents are given it; http or https.")
  private URI url;

  @Option(
      names = "--agent-token-file",
      paramLabel = "FILE",
      description = "Holds the agent token of the host; without it the variable " + TOKEN + ".")
  private Path tokenFile;

  @Option(
      names = "--do",
      paramLabel = "HOOK=COMMAND",
      description = {
        "A shell command that does what an operator would; without it the checks that need it are"
            + " not checked. May be given once for each of:",
        "run: queue a backup of this host",
        "cancel: cancel the job $RM_JOB_ID",
        "schedule: give this host an enabled schedule over a source group, or change it",
        "status: print the status of the job $RM_JOB_ID, one word",
        "log: print the log of the job $RM_JOB_ID, as text",
        "snapshots: print how many snapshots of this host are known"
      })
  private Map<String, String> commands = new LinkedHashMap<>();

  @Option(
      names = "--too-old-version",
      paramLabel = "N",
      defaultValue = "0",
      description = "A protocol_version below the server's minimum; ${DEFAULT-VALUE} by default.")
  private int tooOldVersion;

  @Mixin private Waiting waiting;
  @Mixin private Reporting reporting;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (reporting.listOnly()) {
      return reporting.list(suite(URI.create("http://localhost"), "", Map.of()).checks());
    }
    if (url == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new ParameterException(spec.commandLine(), "--url wants an http or https address");
    }
    return reporting.run("server", suite(url, token(), hooks()).checks());
  }

  private ServerSuite suite(URI address, String token, Map<String, Hook> hooks) {
    return new ServerSuite(address, token, hooks, waiting.patience(), tooOldVersion);
  }

  private String token() throws IOException {
    String token = tokenFile == null ? System.getenv(TOKEN) : Files.readString(tokenFile);
    if (token == null || token.isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "give the agent token by --agent-token-file or " + TOKEN);
    }
    return token.strip();
  }

  private Map<String, Hook> hooks() {
    Map<String, Hook> hooks = new HashMap<>();
    commands.forEach(
        (name, command) -> {
          if (!ServerSuite.hookNames().containsKey(name)) {
            throw new ParameterException(
                spec.commandLine(), "--do knows no '" + name + "', see --help");
          }
          hooks.put(name, environment -> Shell.run(command, environment));
        });
    return hooks;
  }
}
