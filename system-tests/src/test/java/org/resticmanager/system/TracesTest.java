package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A collector hears of each job from when it was asked for to restic's end. */
@Tag("slow")
@ExtendWith(FailureReport.class)
class TracesTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void collectorGetsTheTraceOfABackup() throws IOException {
    List<JsonObject> received = new CopyOnWriteArrayList<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          try (JsonReader reader = Json.createReader(exchange.getRequestBody())) {
            received.add(reader.readObject());
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    String url = "http://localhost:" + collector.getAddress().getPort() + "/v1/traces";
    try (ControlPlane controlPlane = new ControlPlane(Map.of("RESTIC_MANAGER_TRACES_URL", url));
        AgentHost machine = new AgentHost("traced", Project.newestRestic())) {
      String host = machine.join(controlPlane);
      Admin admin = controlPlane.admin();
      Path files = machine.newFolder("source");
      SourceFiles.large(files.resolve("large"), 4, 1);
      Path repository = machine.newFolder("repository").resolve("here");
      admin.connect(host, admin.addRepository("traced", repository.toString(), "secret"));
      admin.putSourceGroup(host, GROUP, List.of(files.toString()));
      admin.awaitInit(host);

      String job = admin.runNow(host, GROUP);
      assertThat(admin.awaitEnd(job, LIMIT).getString("status")).isEqualTo("succeeded");

      String trace = job.replace("-", "");
      await("its trace")
          .atMost(LIMIT)
          .until(() -> received.stream().anyMatch(one -> trace.equals(traceOf(one))));
      assertThat(received).extracting(TracesTest::traceOf).doesNotHaveDuplicates();
      assertThat(received)
          .filteredOn(one -> trace.equals(traceOf(one)))
          .singleElement()
          .satisfies(
              one ->
                  assertThat(spans(one))
                      .extracting(span -> span.getString("name"))
                      .containsExactly("backup", "waiting", "restic"));
    } finally {
      collector.stop(0);
    }
  }

  private static List<JsonObject> spans(JsonObject sent) {
    return sent.getJsonArray("resourceSpans")
        .getJsonObject(0)
        .getJsonArray("scopeSpans")
        .getJsonObject(0)
        .getJsonArray("spans")
        .getValuesAs(JsonObject.class);
  }

  private static String traceOf(JsonObject sent) {
    return spans(sent).get(0).getString("traceId");
  }
}
