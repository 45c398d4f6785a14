package org.resticmanager.agent.connection;

import java.io.IOException;
import org.resticmanager.agent.job.JobRunner;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.protocol.wire.CommandCancel;

/** Ends a job that waits or runs; one that is not known here, or has ended, is left as it is. */
final class CancelHandler implements Handler<CommandCancel> {

  private final JobRunner jobs;

  CancelHandler(JobRunner jobs) {
    this.jobs = jobs;
  }

  @Override
  public void take(CommandCancel cancel, Exchange exchange) throws IOException {
    jobs.cancel(new JobId(cancel.jobId()));
  }
}
