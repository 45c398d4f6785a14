package org.resticmanager.agent.connection;

import java.io.IOException;
import java.util.List;
import org.resticmanager.agent.schedule.Fire;
import org.resticmanager.agent.schedule.ScheduleBook;
import org.resticmanager.protocol.wire.ScheduleFire;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * Says over one connection which schedules have fired: first those that may not have been kept by
 * whom we told, and all that nobody has heard; then each as it comes. For one thread.
 */
final class FireSender {

  private final ControlPlaneSocket socket;
  private final ScheduleBook book;
  private final WireCodec codec;
  private boolean repeated;

  FireSender(ControlPlaneSocket socket, ScheduleBook book, WireCodec codec) {
    this.socket = socket;
    this.book = book;
    this.codec = codec;
  }

  void send() throws IOException {
    List<Fire> fires = repeated ? book.unsent() : book.toRepeat();
    repeated = true;
    if (fires.isEmpty()) {
      return;
    }
    for (Fire fire : fires) {
      socket.send(codec.encode(new ScheduleFire(fire.scheduleId(), fire.scheduledAt())));
    }
    book.sent(fires);
  }
}
