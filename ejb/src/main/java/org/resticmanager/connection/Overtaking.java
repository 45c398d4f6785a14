package org.resticmanager.connection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Notified;

/**
 * Closes what is still open here when a host has connected to another node. Where the word of it is
 * lost, dispatch finds out when there is something to send.
 */
@ApplicationScoped
class Overtaking {

  @Inject private Connections connections;

  void onNotified(@Observes Notified event) {
    if (event.topic().equals(Hosts.CONNECTED)) {
      event.payload().ifPresent(this::heard);
    }
  }

  private void heard(String payload) {
    int blank = payload.indexOf(' ');
    connections.overtaken(
        HostId.parse(payload.substring(0, blank)), Long.parseLong(payload.substring(blank + 1)));
  }
}
