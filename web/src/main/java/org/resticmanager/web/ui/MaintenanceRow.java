package org.resticmanager.web.ui;

import java.time.Instant;
import java.util.List;

/**
 * One operation of a repository's maintenance as a line of the list.
 *
 * @param operation its word, as in REST
 * @param when in words; null if it is done on request only
 * @param cron as it was written; null likewise
 * @param zone by whose clock; null likewise
 * @param enabled whether it is done by itself
 * @param nextAt when it is due; null if it is not
 * @param overdue whether that is past, so that it waits
 * @param blocked what is in its way, in words; null if nothing is
 * @param runnable whether a person can have it done now all the same
 * @param extra what else is to be known, in words; null if nothing
 * @param jobs the newest of each host
 */
public record MaintenanceRow(
    String operation,
    String when,
    String cron,
    String zone,
    boolean enabled,
    Instant nextAt,
    boolean overdue,
    String blocked,
    boolean runnable,
    String extra,
    List<HostJob> jobs) {

  /** Whether it is done by itself, if it is enabled. */
  public boolean planned() {
    return cron != null;
  }

  /**
   * A job and where it runs.
   *
   * @param row the job
   * @param host what its host is called
   */
  public record HostJob(JobRow row, String host) {}
}
