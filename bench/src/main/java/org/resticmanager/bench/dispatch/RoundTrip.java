package org.resticmanager.bench.dispatch;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.fleet.LoneAgent;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * The least that an order on a socket can take if it is in the database before: one UPDATE that is
 * committed, and a ping and its pong on an agent's WebSocket of the same node.
 */
final class RoundTrip implements AutoCloseable {

  private static final int ROWS = 1000;

  private final LoneAgent agent;
  private final Connection database;
  private final PreparedStatement update;

  /** Connects in place of a host's agent. */
  RoundTrip(URI server, FleetHost host, NodeDatabase nodeDatabase) throws SQLException {
    agent = new LoneAgent(server, host);
    database = nodeDatabase.connect();
    try (Statement statement = database.createStatement()) {
      statement.execute("create table bench_update (id int primary key, n int not null)");
      statement.execute("insert into bench_update select i, 0 from generate_series(1, 1000) i");
    }
    update = database.prepareStatement("update bench_update set n = n + 1 where id = ?");
  }

  /** How long one took. */
  long nanos(int row) throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    update.setInt(1, 1 + row % ROWS);
    update.executeUpdate();
    return agent.ping() - begun;
  }

  @Override
  public void close() throws SQLException {
    agent.close();
    database.close();
  }
}
