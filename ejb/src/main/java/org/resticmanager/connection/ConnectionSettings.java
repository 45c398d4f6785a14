package org.resticmanager.connection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;
import org.resticmanager.platform.NumberSetting;

/**
 * The limits of the agents' connections, read through MicroProfile Config as the settings of the
 * control plane.
 */
@ApplicationScoped
public class ConnectionSettings {

  private static final int BYTES_PER_KIB = 1024;

  private final Config config;

  @Inject
  ConnectionSettings(Config config) {
    this.config = config;
  }

  /** For the container's proxies. */
  protected ConnectionSettings() {
    this(null);
  }

  /**
   * {@code restic-manager.agent.messages-per-second}: so many messages of one host are worked on in
   * a second, each line of a log for one; more of them wait, and with them their agent. Default:
   * 5000.
   */
  public int messagesPerSecond() {
    return (int)
        NumberSetting.of(config, "restic-manager.agent.messages-per-second", 5000, 10, 1_000_000);
  }

  /**
   * {@code restic-manager.agent.max-frame-kib}: a larger frame closes its connection with 1009.
   * Agents send no frame above 1 MiB. Default: 1024 (1 MiB).
   *
   * @return in bytes
   */
  public int maxFrameBytes() {
    return BYTES_PER_KIB
        * (int) NumberSetting.of(config, "restic-manager.agent.max-frame-kib", 1024, 64, 65_536);
  }

  /**
   * {@code restic-manager.agent.connections-per-minute}: so often a host's agent may connect to
   * this node within a minute; whoever comes more often is answered 429. Agents of ours come some
   * ten times at most. Default: 60.
   */
  public int connectionsPerMinute() {
    return (int)
        NumberSetting.of(config, "restic-manager.agent.connections-per-minute", 60, 10, 100_000);
  }

  /**
   * {@code restic-manager.agent.workers}: on so many threads this node works on what agents send;
   * that many hosts whose messages get stuck are needed to keep the others waiting. Keep it below
   * what the database's pool holds twice over: each needs a connection for moments only. Default:
   * 32.
   */
  public int workers() {
    return (int) NumberSetting.of(config, "restic-manager.agent.workers", 32, 2, 1000);
  }
}
