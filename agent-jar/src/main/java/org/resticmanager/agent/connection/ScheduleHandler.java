package org.resticmanager.agent.connection;

import java.time.Clock;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.protocol.wire.ScheduleSet;

/** Takes over the list of schedules. */
final class ScheduleHandler implements Handler<ScheduleSet> {

  private final Clock clock;

  ScheduleHandler(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void take(ScheduleSet set, Exchange exchange) {
    exchange.say(new ScheduleAck(set.version(), clock.instant()));
  }
}
