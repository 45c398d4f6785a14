package org.resticmanager.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.resticmanager.platform.NumberSetting;

/** How long tokens of agents are good, read through MicroProfile Config. */
@ApplicationScoped
public class AgentTokenSettings {

  private final Config config;

  @Inject
  AgentTokenSettings(Config config) {
    this.config = config;
  }

  /** For the container's proxies. */
  protected AgentTokenSettings() {
    this(null);
  }

  /**
   * {@code restic-manager.agent.token-days}: a token that is older is replaced by a new one, which
   * goes to the agent over its connection. 0: tokens are replaced on request only. Default: 90.
   *
   * @return empty for never
   */
  public Optional<Duration> rotateAfter() {
    long days = NumberSetting.of(config, "restic-manager.agent.token-days", 90, 0, 36_500);
    return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
  }

  /**
   * {@code restic-manager.agent.token-overlap-hours}: so long the old token is good after the agent
   * has confirmed the new one, unless it signs in with the new one sooner. Default: 24.
   */
  public Duration overlap() {
    return Duration.ofHours(
        NumberSetting.of(config, "restic-manager.agent.token-overlap-hours", 24, 0, 8760));
  }
}
