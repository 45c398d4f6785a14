package org.resticmanager.joblog;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.resticmanager.platform.SchemaMigration;
import org.resticmanager.platform.Tick;

/**
 * Drops old logs, a day at a time: those past their age, and the oldest while all together take too
 * much room. Runs on every node; a day is dropped by the one that claims it.
 */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class LogRetention {

  private static final Logger LOG = Logger.getLogger(LogRetention.class.getName());

  /** A job that is queued around midnight, or by a clock that is ahead, finds its day prepared. */
  private static final int DAYS_AHEAD = 2;

  @Inject LogRetentionSteps steps;
  @Inject JobLogSettings settings;
  @Inject Clock clock;

  private final Tick tick =
      new Tick(
          "old job logs could not be dropped now: readers were at it, or the database is away");

  @Schedule(hour = "*", minute = "*/10", persistent = false)
  void tick() {
    tick.run(this::run);
  }

  void run() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
      steps.prepare(today.plusDays(ahead));
    }
    Deque<LogPartition> left = new ArrayDeque<>();
    for (LogPartition partition : steps.partitions()) {
      if (!steps.dropIfOld(partition.day(), settings.keep())) {
        left.add(partition);
      }
    }
    makeRoom(left, today);
  }

  private void makeRoom(Deque<LogPartition> left, LocalDate today) {
    long limit = settings.maxSizeBytes();
    long size = left.stream().mapToLong(LogPartition::sizeBytes).sum();
    while (size > limit && !left.isEmpty() && left.peek().day().isBefore(today)) {
      LogPartition oldest = left.remove();
      if (steps.dropIfEnded(oldest.day())) {
        size -= oldest.sizeBytes();
      }
    }
    if (size > limit) {
      LOG.log(
          Level.WARNING,
          "job logs take {0} MiB, more than the {1} MiB of restic-manager.job-log.max-size-mib, and"
              + " none is left that may be dropped",
          new Object[] {size >> 20, limit >> 20});
    }
  }
}
