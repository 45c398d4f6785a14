package org.resticmanager.joblog;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.job.JobSearch;

/** The transactions of {@link LogRetention}: one day each. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LogRetentionSteps {

  private static final Logger LOG = Logger.getLogger(LogRetentionSteps.class.getName());

  @Inject LogPartitionStore partitions;
  @Inject JobSearch jobs;
  @Inject Clock clock;

  /** Makes room for a day's logs; may be repeated. */
  public void prepare(LocalDate day) {
    partitions.create(day);
  }

  /** All days of which there are logs, the oldest first. */
  public List<LogPartition> partitions() {
    return partitions.all();
  }

  /** Drops a day's logs if each of its jobs ended so long ago; whether it did. */
  public boolean dropIfOld(LocalDate day, Duration keep) {
    Instant oldest = clock.instant().minus(keep);
    return end(day).isBefore(oldest) && drop(day, oldest);
  }

  /** Drops a day's logs if each of its jobs has ended; whether it did. */
  public boolean dropIfEnded(LocalDate day) {
    return drop(day, Instant.parse("9999-12-31T00:00:00Z"));
  }

  private boolean drop(LocalDate day, Instant endedBefore) {
    if (jobs.anyOpenOrEndedSince(begin(day), end(day), endedBefore)
        || !partitions.drop(day, clock.instant())) {
      return false;
    }
    LOG.log(Level.INFO, "dropped the logs of the jobs queued on {0}", day);
    return true;
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static Instant end(LocalDate day) {
    return begin(day.plusDays(1));
  }
}
