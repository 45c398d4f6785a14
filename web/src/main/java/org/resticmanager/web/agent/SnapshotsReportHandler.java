package org.resticmanager.web.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.snapshot.Snapshots;

/** What an agent read from its repository. */
@ApplicationScoped
class SnapshotsReportHandler implements MessageHandler<SnapshotsReport> {

  @Inject private Snapshots snapshots;

  @Override
  public Class<SnapshotsReport> takes() {
    return SnapshotsReport.class;
  }

  @Override
  public void handle(AgentLink link, SnapshotsReport message, Optional<String> id) {
    snapshots.reported(link.hostId(), message);
  }
}
