package org.resticmanager.joblog;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobReports;
import org.resticmanager.job.Jobs;
import org.resticmanager.job.NotYours;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.NotFound;
import org.resticmanager.platform.Page;
import org.resticmanager.protocol.wire.LogStream;

/** The logs of jobs. */
@Stateless
@PermitAll
public class JobLogs {

  @Inject private JobLogStore store;
  @Inject private JobReports reports;
  @Inject private Jobs jobs;
  @Inject private Clock clock;

  /**
   * Stores lines of one job; when it returns they are committed. May be repeated: each number is
   * stored once.
   *
   * @throws NotYours if the host has no such job
   */
  public void append(HostId host, JobId job, List<LogStream> lines) {
    reports.requireOwn(host, job);
    store.insert(job, lines, clock.instant());
  }

  /** The number of the newest line that is stored; 0 if there is none. */
  public long highestSeq(JobId job) {
    return store.highestSeq(job);
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
   * The newest lines of a log, in its order.
   *
   * @throws NotFound if there is no such job
   */
  @RolesAllowed("viewer")
  public List<LogLine> newest(JobId job, int limit) {
    Page.requireLimit(limit);
    jobs.find(job);
    return store.before(job, Long.MAX_VALUE, limit);
  }
}
