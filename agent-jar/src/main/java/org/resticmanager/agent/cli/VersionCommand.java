package org.resticmanager.agent.cli;

import org.resticmanager.agent.config.AgentVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    versionProvider = Agent.Versions.class,
    description = "Prints the agent's version.")
final class VersionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().println("restic-manager-agent " + AgentVersion.current());
  }
}
