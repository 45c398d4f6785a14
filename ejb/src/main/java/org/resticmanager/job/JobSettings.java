package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.resticmanager.platform.NumberSetting;

/** The settings of jobs, read through MicroProfile Config as those of the control plane. */
@ApplicationScoped
public class JobSettings {

  private final Config config;

  @Inject
  JobSettings(Config config) {
    this.config = config;
  }

  /** For the container's proxies. */
  protected JobSettings() {
    this(null);
  }

  /**
   * {@code restic-manager.job.lost-after-hours}: a running job whose host was not heard of for so
   * long has failed. Should its agent come back with a result, that counts. Default: 24.
   */
  public Duration lostAfter() {
    return Duration.ofHours(
        NumberSetting.of(config, "restic-manager.job.lost-after-hours", 24, 1, 24 * 365));
  }
}
