package org.resticmanager.agent.connection;

import java.io.IOException;
import java.time.Clock;
import org.resticmanager.agent.schedule.ScheduleBook;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.protocol.wire.ScheduleSet;
import org.resticmanager.protocol.wire.WireError;

/** Stores the list of schedules, and only then says that it is applied. */
final class ScheduleHandler implements Handler<ScheduleSet> {

  private final ScheduleBook book;
  private final Clock clock;

  ScheduleHandler(ScheduleBook book, Clock clock) {
    this.book = book;
    this.clock = clock;
  }

  @Override
  public void take(ScheduleSet set, Exchange exchange) throws IOException {
    for (String problem : book.apply(set, exchange.dialect().firstSchedules())) {
      exchange.warn(problem);
      exchange.say(new WireError("bad_schedule", problem, null));
    }
    exchange.say(new ScheduleAck(set.version(), clock.instant()));
  }
}
