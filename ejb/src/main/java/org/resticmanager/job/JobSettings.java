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

  /**
   * {@code restic-manager.job.lease-expiry-minutes}: a host that was not heard of for so long no
   * longer keeps other jobs from the repository that its own job uses; from then on only restic's
   * locks protect the data. Default: 15.
   */
  public Duration leaseExpiry() {
    return Duration.ofMinutes(
        NumberSetting.of(config, "restic-manager.job.lease-expiry-minutes", 15, 2, 60 * 24));
  }

  /**
   * {@code restic-manager.job.lock-wait-minutes}: so long a job that meets another restic's lock is
   * tried again, from the first time it met one; then it has failed. Default: 1440 (a day).
   */
  public Duration lockWait() {
    return Duration.ofMinutes(
        NumberSetting.of(config, "restic-manager.job.lock-wait-minutes", 1440, 1, 60 * 24 * 365));
  }
}
