package org.resticmanager.joblog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.resticmanager.job.JobId;

/** In which partition a job's log lies. */
final class LogDay {

  private static final int BITS_AFTER_MILLIS = 16;

  private LogDay() {}

  /** The day (UTC) on which it was queued: a job's identifier begins with that moment. */
  static LocalDate of(JobId job) {
    long millis = job.value().getMostSignificantBits() >>> BITS_AFTER_MILLIS;
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }
}
