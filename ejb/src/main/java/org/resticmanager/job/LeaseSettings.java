package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.resticmanager.platform.WholeNumber;

/** How long jobs wait for each other, read as the settings of the control plane. */
@ApplicationScoped
public class LeaseSettings {

  private final Config config;

  @Inject
  LeaseSettings(Config config) {
    this.config = config;
  }

  /** For the container's proxies. */
  protected LeaseSettings() {
    this(null);
  }

  /**
   * {@code restic-manager.job.lease-expiry-minutes}: a host that was not heard of for so long no
   * longer keeps other jobs from the repository that its own job uses; from then on only restic's
   * locks protect the data. Default: 15.
   */
  public Duration leaseExpiry() {
    return Duration.ofMinutes(
        WholeNumber.read(config, "restic-manager.job.lease-expiry-minutes", 15, 2, 60 * 24));
  }

  /**
   * {@code restic-manager.job.lock-wait-minutes}: so long a job that meets another restic's lock is
   * tried again, from the first time it met one; then it has failed. Default: 1440 (a day).
   */
  public Duration lockWait() {
    return Duration.ofMinutes(
        WholeNumber.read(config, "restic-manager.job.lock-wait-minutes", 1440, 1, 60 * 24 * 365));
  }
}
