package org.resticmanager.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.TestConfig;

class CollectorTest {

  private static final JsonObject TRACE = Json.createObjectBuilder().add("a", "ü").build();

  private final Map<String, String> settings = new HashMap<>();
  private final List<String> bodies = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final Logger logger = Logger.getLogger(Collector.class.getName());
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          log.add(entry.getLevel() + " " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private HttpServer server;
  private volatile int status = 200;

  @TempDir Path folder;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    settings.put(
        "restic-manager.traces.url",
        "http://localhost:" + server.getAddress().getPort() + "/v1/traces");
    logger.addHandler(listener);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(listener);
    server.stop(0);
  }

  private TraceSettings settings() {
    return new TraceSettings(TestConfig.of(settings));
  }

  private Collector collector() {
    return new Collector(settings());
  }

  @Test
  void traceIsThereWhenItWasSent() {
    collector().send(TRACE);

    assertThat(bodies).containsExactly("{\"a\":\"ü\"}");
    assertThat(authorizations).containsOnlyNulls();
    assertThat(log).isEmpty();
  }

  @Test
  void whatLetsUsInIsReadFromItsFileEachTime() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "Bearer one\n");
    settings.put("restic-manager.traces.authorization-file", file.toString());
    Collector collector = collector();
    collector.send(TRACE);
    Files.writeString(file, "Bearer other\n");
    collector.send(TRACE);

    assertThat(authorizations).containsExactly("Bearer one", "Bearer other");
  }

  @Test
  void collectorThatDoesNotTakeThemIsSpokenOfOnce() {
    Collector collector = collector();
    status = 503;
    collector.send(TRACE);
    collector.send(TRACE);
    status = 200;
    collector.send(TRACE);
    collector.send(TRACE);

    assertThat(log).hasSize(2);
    assertThat(log.get(0)).startsWith("WARNING traces are lost").contains("status 503");
    assertThat(log.get(1)).isEqualTo("INFO the collector takes traces again");
  }

  @Test
  void collectorThatIsAwayCostsItsTraces() {
    server.stop(0);
    collector().send(TRACE);

    assertThat(log).hasSize(1);
    assertThat(log.get(0)).startsWith("WARNING traces are lost");
  }

  @Test
  void withoutAnAddressThereIsNoCollector() {
    settings.clear();

    assertThat(collector().present()).isFalse();
  }

  @Test
  void addressMustBeOne() {
    for (String address : List.of("collector:4318", "ftp://host/x", "http://me:secret@host/x")) {
      settings.put("restic-manager.traces.url", address);

      assertThatIllegalStateException()
          .isThrownBy(() -> settings().url())
          .withMessageContaining("restic-manager.traces.url must be")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
  }
}
