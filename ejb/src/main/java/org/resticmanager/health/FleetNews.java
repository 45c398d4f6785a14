package org.resticmanager.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.resticmanager.connection.HostConnected;
import org.resticmanager.host.HostTagsChanged;
import org.resticmanager.job.JobBegun;
import org.resticmanager.job.JobEnded;
import org.resticmanager.job.JobQueued;
import org.resticmanager.platform.Notifications;
import org.resticmanager.source.SchedulesChanged;

/**
 * Says to every node that something has changed that people may be looking at. Observers say it in
 * the transaction of the change: it is heard when that is committed.
 */
@ApplicationScoped
public class FleetNews {

  /** What notifications of this are about; the payload says nothing. */
  public static final String TOPIC = "fleet-changed";

  @Inject private Notifications notifications;

  void onQueued(@Observes JobQueued event) {
    changed();
  }

  void onBegun(@Observes JobBegun event) {
    changed();
  }

  void onEnded(@Observes JobEnded event) {
    changed();
  }

  void onSchedules(@Observes SchedulesChanged event) {
    changed();
  }

  void onConnected(@Observes HostConnected event) {
    changed();
  }

  void onTags(@Observes HostTagsChanged event) {
    changed();
  }

  /** At the commit of the caller's transaction, or at once outside of one. */
  void changed() {
    notifications.notify(TOPIC, "");
  }
}
