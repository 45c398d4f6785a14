package org.resticmanager.agent.connection;

import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.resticmanager.agent.config.EnrolmentStore;
import org.resticmanager.agent.config.SecretStore;
import org.resticmanager.agent.job.Agreed;
import org.resticmanager.agent.job.JobRunner;
import org.resticmanager.agent.schedule.ScheduleBook;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.protocol.wire.AgentUpdateAvailable;
import org.resticmanager.protocol.wire.CommandCancel;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.CommandUpdate;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.EventAck;
import org.resticmanager.protocol.wire.ScheduleSet;
import org.resticmanager.protocol.wire.ServerMessage;
import org.resticmanager.protocol.wire.TokenUpdate;
import org.resticmanager.protocol.wire.TreeList;
import org.resticmanager.protocol.wire.Welcome;
import org.resticmanager.protocol.wire.WireError;

/** Who handles which message of the server's. Made once, when the agent starts. */
public final class Handlers {

  private final Map<Class<? extends ServerMessage>, Entry<?>> table = new HashMap<>();
  private final Agreed agreed;

  public Handlers(
      Spool spool,
      SecretStore secrets,
      EnrolmentStore enrolments,
      JobRunner jobs,
      ScheduleBook schedules,
      Clock clock,
      Agreed agreed) {
    this.agreed = agreed;
    put(Welcome.class, new WelcomeHandler(agreed));
    put(ConfigUpdate.class, new ConfigHandler(secrets));
    put(TokenUpdate.class, new TokenHandler(enrolments));
    put(ScheduleSet.class, new ScheduleHandler(schedules, clock));
    put(CommandRun.class, new RunHandler(spool));
    put(CommandCancel.class, new CancelHandler(jobs));
    put(EventAck.class, new AckHandler(spool));
    put(AgentUpdateAvailable.class, new UpdateAvailableHandler());
    put(CommandUpdate.class, new NotSupportedHandler<>("command.update"));
    put(TreeList.class, new NotSupportedHandler<>("tree.list"));
    put(WireError.class, new ErrorHandler());
  }

  private <T extends ServerMessage> void put(Class<T> type, Handler<T> handler) {
    table.put(type, new Entry<>(type, handler));
  }

  /** The kinds of messages that are understood here. */
  Set<Class<? extends ServerMessage>> understood() {
    return Set.copyOf(table.keySet());
  }

  /** What they take now comes over a new connection. */
  void connected() {
    agreed.begin();
  }

  void take(ServerMessage message, Exchange exchange) throws IOException {
    table.get(message.getClass()).take(message, exchange);
  }

  private record Entry<T extends ServerMessage>(Class<T> type, Handler<T> handler) {

    void take(ServerMessage message, Exchange exchange) throws IOException {
      handler.take(type.cast(message), exchange);
    }
  }
}
