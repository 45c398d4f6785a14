package org.resticmanager.bench.idle;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.container.jdk.client.JdkClientContainer;

/**
 * A program of its own: Tyrus in the container that our agent has, one connection, and on it the
 * agent's {@code hello} and heartbeats as ready-made texts. Nothing of ours is loaded.
 */
public final class BareClient {

  private static final long HEARTBEAT_SECONDS = 30;

  /**
   * So many messages each of the two sends before it is left alone, to be as one that has been
   * connected for long: Tyrus begins a thread of its scheduler with each of the first ten, Java
   * compiles what it meets often enough, and collects once what the start has left.
   */
  static final int UNTIL_AT_REST = 20;

  /** As long as the agent's. */
  private static final String HELLO =
      """
      {"type":"hello","payload":{"protocol_version":1,"agent_version":"0.1.0","restic_version":"0.19.1",\
      "hostname":"bench","os":"linux","arch":"amd64","boot_time":"2026-01-01T00:00:00Z","features":["ack",\
      "resume","parts","forget_groups","hooks","exclude_options","environment","bandwidth",\
      "read_data_subset","schedule_zone","test","token","key","compression","snapshots_added",\
      "current_file"],"time_zone":"Etc/UTC","jobs":[]}}""";

  private BareClient() {}

  /**
   * @param arguments the address of the socket
   */
  public static void main(String[] arguments) throws Exception {
    ClientManager container = ClientManager.createClient(JdkClientContainer.class.getName());
    ClientEndpointConfig config =
        ClientEndpointConfig.Builder.create().configurator(new Authorization()).build();
    try (Session session =
        container.connectToServer(new Deaf(), config, URI.create(arguments[0]))) {
      session.getBasicRemote().sendText(HELLO);
      for (int sent = 0; sent < UNTIL_AT_REST; sent++) {
        heartbeat(session);
      }
      while (session.isOpen()) {
        TimeUnit.SECONDS.sleep(HEARTBEAT_SECONDS);
        heartbeat(session);
      }
    }
  }

  private static void heartbeat(Session session) throws IOException {
    session
        .getBasicRemote()
        .sendText("{\"type\":\"heartbeat\",\"payload\":{\"at\":\"" + Instant.now() + "\"}}");
  }

  private static final class Authorization extends ClientEndpointConfig.Configurator {

    @Override
    public void beforeRequest(Map<String, List<String>> headers) {
      headers.put("Authorization", List.of("Bearer any"));
    }
  }

  private static final class Deaf extends Endpoint {

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> {});
    }
  }
}
