package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.job.JobReports;
import org.resticmanager.protocol.wire.SnapshotsReport;

/** What an agent read from its repository. */
@ApplicationScoped
class SnapshotsReportHandler implements MessageHandler<SnapshotsReport> {

  @Inject private JobReports reports;

  @Override
  public Class<SnapshotsReport> takes() {
    return SnapshotsReport.class;
  }

  @Override
  public void handle(AgentLink link, SnapshotsReport message, Optional<String> id) {
    reports.snapshots(link.hostId(), message);
  }
}
