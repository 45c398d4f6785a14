package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.resticmanager.job.JobId;
import org.resticmanager.job.NotYours;
import org.resticmanager.joblog.JobLogIngest;
import org.resticmanager.protocol.wire.LogStream;

/**
 * Lines of a job's log; those that arrive together are stored together and then confirmed as far as
 * none is missing.
 */
@ApplicationScoped
class LogStreamHandler implements MessageHandler<LogStream> {

  @Inject private JobLogIngest ingest;
  @Inject private Confirmation confirmation;

  @Override
  public Class<LogStream> takes() {
    return LogStream.class;
  }

  @Override
  public void handle(AgentLink link, LogStream message, Optional<String> id) {
    handleAll(link, List.of(message));
  }

  /** Takes lines of one job that followed each other. */
  void handleAll(AgentLink link, List<LogStream> lines) {
    LogStream last = lines.get(lines.size() - 1);
    long complete;
    try {
      complete = ingest.append(link.hostId(), JobId.ofAgent(last.jobId()), lines);
    } catch (NotYours refusal) {
      // nobody here wants them: an agent that waits for the confirmation must go on to the end
      confirmation.ofLines(link, last.jobId(), last.seq());
      throw refusal;
    }
    confirmation.ofLines(link, last.jobId(), complete);
  }
}
