package org.resticmanager.agent.cli;

import java.nio.file.Path;
import org.resticmanager.agent.config.DataFolder;
import picocli.CommandLine.Option;

/** The option that all commands share. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:RESTIC_MANAGER_AGENT_DATA:-/var/lib/restic-manager-agent}",
      description = {
        "The folder in which the agent keeps everything.",
        "Default: $RESTIC_MANAGER_AGENT_DATA, or /var/lib/restic-manager-agent"
      })
  private Path folder;

  DataFolder folder() {
    return new DataFolder(folder);
  }
}
