package org.resticmanager.bench.dispatch;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.fleet.LoneAgent;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * The least that an order on a socket can take if it is in the database before: one UPDATE that is
 * committed, and a ping and its pong on an agent's WebSocket of the same node.
 */
final class RoundTrip implements AutoCloseable {

  /** Of the table that is updated. */
  static final int ROWS = 1000;

  private final URI server;
  private final FleetHost host;
  private final Connection database;
  private final PreparedStatement update;

  /**
   * @param host in place of whose agent it connects
   */
  RoundTrip(URI server, FleetHost host, NodeDatabase nodeDatabase) throws SQLException {
    this.server = server;
    this.host = host;
    database = nodeDatabase.connect();
    try (Statement statement = database.createStatement()) {
      statement.execute("create table bench_update (id int primary key, n int not null)");
      statement.execute("insert into bench_update select i, 0 from generate_series(1, 1000) i");
    }
    update = database.prepareStatement("update bench_update set n = n + 1 where id = ?");
  }

  /**
   * How long each of so many took, in nanoseconds. All go over one connection, which is made for
   * them: one that says nothing between two calls would be ended as silent.
   */
  Sample nanos(int count) throws SQLException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    try (LoneAgent agent = new LoneAgent(server, host)) {
      for (int i = 0; i < count; i++) {
        long begun = System.nanoTime();
        update.setInt(1, 1 + i % ROWS);
        update.executeUpdate();
        nanos.add(agent.ping() - begun);
      }
    }
    return new Sample(nanos);
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
