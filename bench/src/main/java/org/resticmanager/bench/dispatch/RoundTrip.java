package org.resticmanager.bench.dispatch;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.node.NodeDatabase;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * The least that an order on a socket can take if it is in the database before: one UPDATE that is
 * committed, and a ping and its pong on an agent's WebSocket of the same node.
 */
final class RoundTrip implements AutoCloseable {

  private static final long LIMIT_SECONDS = 30;

  private final BlockingQueue<Long> pongs = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private final Connection database;
  private final PreparedStatement update;

  /** Connects in place of a host's agent. */
  RoundTrip(URI server, FleetHost host, NodeDatabase nodeDatabase) throws SQLException {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + host.token())
            .buildAsync(URI.create("ws://" + server.getAuthority() + "/ws/agent"), new Pongs())
            .join();
    Hello hello =
        new Hello(1, "0.1.0", "0.18.0", "bench", "linux", "amd64", null, List.of(), "", List.of());
    socket.sendText(new WireCodec().encode(hello), true).join();
    database = nodeDatabase.connect();
    try (Statement statement = database.createStatement()) {
      statement.execute("create table bench_update (id int primary key, n int not null)");
      statement.execute("insert into bench_update select i, 0 from generate_series(1, 1000) i");
    }
    update = database.prepareStatement("update bench_update set n = n + 1 where id = ?");
  }

  private final class Pongs implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
      pongs.add(System.nanoTime());
      from.request(1);
      return null;
    }
  }

  /** How long one took. */
  long nanos(int row) throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    update.setInt(1, 1 + row % 1000);
    update.executeUpdate();
    socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
    Long pong = pongs.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (pong == null) {
      throw new IllegalStateException("the control plane does not answer a ping");
    }
    return pong - begun;
  }

  @Override
  public void close() throws SQLException {
    socket.abort();
    database.close();
  }
}
