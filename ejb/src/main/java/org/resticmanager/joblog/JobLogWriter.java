package org.resticmanager.joblog;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.resticmanager.job.JobId;
import org.resticmanager.platform.Notifications;

/** The transactions of {@link JobLogIngest}. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class JobLogWriter {

  @Inject private JobLogStore store;
  @Inject private LogPartitionStore partitions;
  @Inject private Notifications notifications;
  @Inject private Clock clock;

  /**
   * Stores lines of several jobs: all of them or, if it fails, none.
   *
   * @return up to which number the log of each job is complete, committed
   */
  public Map<JobId, Long> write(List<LogBatch> batches) {
    Map<JobId, Long> complete = store.write(batches, clock.instant());
    notifications.notify(
        JobLogNews.TOPIC, complete.keySet().stream().map(JobId::toString).toList());
    return complete;
  }

  /** Makes room for the logs of the jobs that are queued on a day; may be repeated. */
  public void prepare(LocalDate day) {
    partitions.create(day);
  }
}
