package org.resticmanager.protocol.wire;

/**
 * There is a newer agent; for information only, the agent does not replace itself because of it.
 *
 * @param latestVersion the newest version
 * @param packageUrl where packages of it are; empty if unknown
 * @param changelog what is new; empty if unknown
 */
public record AgentUpdateAvailable(
    String latestVersion, String packageUrl, @OmitEmpty String changelog) implements ServerMessage {

  public AgentUpdateAvailable {
    Require.present(latestVersion, "latest_version");
    packageUrl = Require.textOrEmpty(packageUrl);
    changelog = Require.textOrEmpty(changelog);
  }
}
