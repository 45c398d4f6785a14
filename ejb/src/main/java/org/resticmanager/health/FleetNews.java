package org.resticmanager.health;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.resticmanager.host.HostTagsChanged;
import org.resticmanager.host.Hosts;
import org.resticmanager.job.JobBegun;
import org.resticmanager.job.JobEnded;
import org.resticmanager.job.JobQueued;
import org.resticmanager.platform.Notifications;
import org.resticmanager.platform.Notified;
import org.resticmanager.source.SchedulesChanged;

/**
 * Says to every node that something has changed that people may be looking at. Observers say it in
 * the transaction of the change: it is heard when that is committed. Where there is none it has one
 * of its own, because on Open Liberty a connection that was taken outside of a transaction is kept
 * until the thread's work ends.
 */
@Stateless
@PermitAll
public class FleetNews {

  /** What notifications of this are about; the payload says nothing. */
  private static final String TOPIC = "fleet-changed";

  @Inject private Notifications notifications;

  /** Whether a notification says so. That a host has connected is said by {@link Hosts} already. */
  public static boolean isIn(Notified event) {
    return event.about(TOPIC) || event.about(Hosts.CONNECTED);
  }

  public void onQueued(@Observes JobQueued event) {
    changed();
  }

  public void onBegun(@Observes JobBegun event) {
    changed();
  }

  public void onEnded(@Observes JobEnded event) {
    changed();
  }

  public void onSchedules(@Observes SchedulesChanged event) {
    changed();
  }

  public void onTags(@Observes HostTagsChanged event) {
    changed();
  }

  /** At the commit of the caller's transaction, or at once outside of one. */
  public void changed() {
    notifications.notify(TOPIC, "");
  }
}
