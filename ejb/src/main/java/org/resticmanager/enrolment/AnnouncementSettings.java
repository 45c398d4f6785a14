package org.resticmanager.enrolment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;
import org.resticmanager.platform.NumberSetting;

/** How many machines may announce themselves, read through MicroProfile Config. */
@ApplicationScoped
public class AnnouncementSettings {

  private final Config config;

  @Inject
  AnnouncementSettings(Config config) {
    this.config = config;
  }

  /** For the container's proxies. */
  protected AnnouncementSettings() {
    this(null);
  }

  /**
   * {@code restic-manager.announcements.max-open}: so many may wait for a decision. 0: nobody can
   * announce a machine. Default: 100.
   */
  public int maxOpen() {
    return (int) NumberSetting.of(config, "restic-manager.announcements.max-open", 100, 0, 10_000);
  }

  /**
   * {@code restic-manager.announcements.per-address}: so many are taken from one network address
   * within an hour. Default: 20.
   */
  public int perAddress() {
    return (int)
        NumberSetting.of(config, "restic-manager.announcements.per-address", 20, 1, 10_000);
  }
}
