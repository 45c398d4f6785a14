package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobReports;
import org.resticmanager.job.NotYours;
import org.resticmanager.joblog.JobLogs;
import org.resticmanager.protocol.wire.JobFinished;

/** The end of a job. */
@ApplicationScoped
class JobFinishedHandler implements MessageHandler<JobFinished> {

  @Inject private JobReports jobs;
  @Inject private JobLogs logs;
  @Inject private Confirmation confirmation;

  @Override
  public Class<JobFinished> takes() {
    return JobFinished.class;
  }

  @Override
  public void handle(AgentLink link, JobFinished message, Optional<String> id) {
    long complete;
    try {
      jobs.finished(link.hostId(), message);
      complete = logs.completeTo(JobId.ofAgent(message.jobId()));
    } catch (NotYours refusal) {
      // nobody here waits for it: without a confirmation the agent would tell it for ever
      confirmation.ofEnd(link, message.jobId(), 0);
      throw refusal;
    }
    confirmation.ofEnd(link, message.jobId(), complete);
  }
}
