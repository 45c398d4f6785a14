package org.resticmanager.source;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.resticmanager.connection.ConnectPhase;
import org.resticmanager.connection.HostConnected;
import org.resticmanager.protocol.wire.ScheduleSet;

/** Tells agents their schedules when they connect: always, also when there are none. */
@ApplicationScoped
public class ScheduleSetPush {

  /** No schedule can be made yet, so every host's list stands at its first version. */
  private static final ScheduleSet NONE = new ScheduleSet(0, List.of());

  void onConnect(@Observes @Priority(ConnectPhase.SCHEDULE) HostConnected event) {
    event.connection().send(NONE);
  }
}
