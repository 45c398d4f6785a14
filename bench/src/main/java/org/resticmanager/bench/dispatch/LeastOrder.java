package org.resticmanager.bench.dispatch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.postgresql.Driver;
import org.resticmanager.bench.dispatch.least.LeastApi;
import org.resticmanager.bench.dispatch.least.LeastBean;
import org.resticmanager.bench.dispatch.least.LeastResource;
import org.resticmanager.bench.dispatch.least.LeastSocket;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.node.Api;
import org.resticmanager.bench.node.BareApplication;
import org.resticmanager.bench.node.BareServer;
import org.resticmanager.bench.node.NodeDatabase;

/**
 * What an order takes on this server however little is done for it: a call over HTTP, a bean's
 * transaction with one UPDATE in the same PostgreSQL, and a frame on a WebSocket.
 */
final class LeastOrder implements AutoCloseable {

  private static final long LIMIT_SECONDS = 60;

  private final BareServer server;
  private final Api api;
  private final WebSocket socket;
  private final BlockingQueue<Long> frames = new LinkedBlockingQueue<>();

  /**
   * @param database with the table of a {@link RoundTrip}
   */
  LeastOrder(Path payaraMicro, NodeDatabase database) throws IOException, InterruptedException {
    server = new BareServer(payaraMicro, application(database));
    api = new Api(server.url(), "");
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://" + server.url().getAuthority() + "/orders"), new Listener())
            .join();
  }

  private static BareApplication application(NodeDatabase database) {
    String web =
        """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
          <data-source>
            <name>java:app/bench</name>
            <class-name>org.postgresql.ds.PGSimpleDataSource</class-name>
            <url>%s</url>
            <user>%s</user>
            <password>%s</password>
          </data-source>
        </web-app>
        """
            .formatted(database.url(), NodeDatabase.USER, database.password());
    return BareApplication.of(
            LeastApi.class, LeastResource.class, LeastBean.class, LeastSocket.class)
        .with(Map.of("WEB-INF/web.xml", web))
        .with(Driver.class);
  }

  private final class Listener implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      if (last) { // a frame may come in pieces
        frames.add(System.nanoTime());
      }
      from.request(1);
      return null;
    }
  }

  /** How long each of so many took until the frame was there, in nanoseconds. */
  Sample nanos(int count) throws InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      api.post("/api/orders/" + (1 + i % RoundTrip.ROWS), 202);
      Long frame = frames.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new IllegalStateException("no frame came");
      }
      nanos.add(frame - begun);
    }
    return new Sample(nanos);
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    server.close();
  }
}
