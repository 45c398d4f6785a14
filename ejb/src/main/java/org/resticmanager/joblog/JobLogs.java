package org.resticmanager.joblog;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.resticmanager.job.JobId;
import org.resticmanager.job.Jobs;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;

/** The logs of jobs, for reading; {@link JobLogIngest} writes them. */
@Stateless
@PermitAll
public class JobLogs {

  /** So many lines are looked through at once, however long the log is. */
  static final int SPAN = 100_000;

  @Inject private JobLogStore store;
  @Inject private Jobs jobs;

  /**
   * Up to which number a job's log is complete, and may be confirmed to its agent; 0 if nothing.
   */
  public long completeTo(JobId job) {
    return store.state(job).contiguousSeq();
  }

  /**
   * The log as a whole.
   *
   * @throws NotFound if there is no such job
   */
  @RolesAllowed("viewer")
  public LogState state(JobId job) {
    jobs.find(job);
    return store.state(job);
  }

  /**
   * Checks that a log can be read from its beginning.
   *
   * @throws NotFound if there is no such job
   * @throws LogDropped if it was dropped
   */
  @RolesAllowed("viewer")
  public void requireThere(JobId job) {
    LogState state = state(job);
    if (state.droppedAt() != null) {
      throw new LogDropped(state.droppedAt());
    }
  }

  /**
   * A page of a log, from after a number on.
   *
   * @param afterSeq 0 for the beginning
   * @throws NotFound if there is no such job
   * @throws Invalid if the number or the limit is out of range
   */
  @RolesAllowed("viewer")
  public Page<LogLine> page(JobId job, long afterSeq, int limit) {
    Page.requireLimit(limit);
    if (afterSeq < 0) {
      throw new Invalid("after", "must not be negative");
    }
    jobs.find(job);
    return Page.of(store.after(job, afterSeq, limit + 1), limit, line -> Long.toString(line.seq()));
  }

  /**
   * The next lines, for a reader who was let in when they began and reads on.
   *
   * @param afterSeq 0 for the beginning
   * @param limit how many at most; the caller bounds it
   */
  public List<LogLine> next(JobId job, long afterSeq, int limit) {
    return store.after(job, afterSeq, limit);
  }

  /**
   * The newest lines of a log before a number, in its order.
   *
   * @param beforeSeq {@link Long#MAX_VALUE} for the end of the log
   * @throws NotFound if there is no such job
   */
  @RolesAllowed("viewer")
  public List<LogLine> before(JobId job, long beforeSeq, int limit) {
    Page.requireLimit(limit);
    jobs.find(job);
    return store.before(job, beforeSeq, limit);
  }

  /**
   * The newest lines that are wanted before a number. Only a part of a very long log is looked
   * through: who wants more asks again from where that part began.
   *
   * @param beforeSeq {@link Long#MAX_VALUE} for the end of the log
   * @throws NotFound if there is no such job
   */
  @RolesAllowed("viewer")
  public LogFinds find(JobId job, LogWanted wanted, long beforeSeq, int limit) {
    Page.requireLimit(limit);
    long before = Math.max(1, Math.min(beforeSeq, state(job).highestSeq() + 1));
    long from = Math.max(1, before - SPAN);
    List<LogLine> found = store.wanted(job, wanted, from, before, limit);
    return new LogFinds(found, found.size() < limit ? from : found.get(0).seq());
  }

  /**
   * The newest lines of a log, in its order.
   *
   * @throws NotFound if there is no such job
   */
  @RolesAllowed("viewer")
  public List<LogLine> newest(JobId job, int limit) {
    return before(job, Long.MAX_VALUE, limit);
  }
}
