package org.resticmanager.joblog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.resticmanager.platform.WholeNumber;

/** The settings of job logs, read through MicroProfile Config as those of the control plane. */
@ApplicationScoped
public class JobLogSettings {

  private static final long BYTES_PER_MIB = 1024L * 1024;

  private final Config config;

  @Inject
  JobLogSettings(Config config) {
    this.config = config;
  }

  /** For the container's proxies. */
  protected JobLogSettings() {
    this(null);
  }

  /**
   * {@code restic-manager.job-log.keep-days}: a job's log is kept at least so many days after the
   * job has ended. Default: 90. Logs go by the day on which their jobs were queued, a day at a
   * time; the jobs themselves stay.
   */
  public Duration keep() {
    return Duration.ofDays(number("restic-manager.job-log.keep-days", 90, 1, 36_500));
  }

  /**
   * {@code restic-manager.job-log.max-size-mib}: how much room all logs together may take in the
   * database, in MiB; beyond it the oldest days go early, but never today's and never a day's of
   * which a job has not ended. Default: 10240 (10 GiB); 0 for no limit.
   *
   * @return in bytes; {@link Long#MAX_VALUE} for no limit
   */
  public long maxSizeBytes() {
    long mib = number("restic-manager.job-log.max-size-mib", 10_240, 0, 1L << 40);
    return mib == 0 ? Long.MAX_VALUE : mib * BYTES_PER_MIB;
  }

  /**
   * {@code restic-manager.job-log.max-readers}: how many may read along live at the same time on
   * one node; each that reads slowly keeps a thread. Default: 200.
   */
  public int maxReaders() {
    return (int) number("restic-manager.job-log.max-readers", 200, 1, 10_000);
  }

  /**
   * {@code restic-manager.job-log.max-downloads}: how many may download a log at the same time from
   * one node; each keeps a thread of the server. Default: 20.
   */
  public int maxDownloads() {
    return (int) number("restic-manager.job-log.max-downloads", 20, 1, 1000);
  }

  private long number(String name, long unlessSet, long lowest, long highest) {
    return WholeNumber.read(config, name, unlessSet, lowest, highest);
  }
}
