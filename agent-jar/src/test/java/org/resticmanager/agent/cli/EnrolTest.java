package org.resticmanager.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.Enrolment;
import org.resticmanager.agent.config.EnrolmentStore;
import org.resticmanager.agent.config.RunLock;
import picocli.CommandLine;

class EnrolTest {

  private static final String GOOD =
      "{\"hostId\":\"h-1\",\"hostName\":\"web01\",\"agentToken\":\"agent-secret\"}";

  @TempDir Path root;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicReference<String> asked = new AtomicReference<>();
  private HttpServer server;
  private DataFolder data;
  private Path token;
  private int status = 201;
  private String type = "application/json";
  private String answer = GOOD;

  @BeforeEach
  void serve() throws IOException {
    data = new DataFolder(root.resolve("data"));
    token = Files.writeString(root.resolve("token"), "one-time-secret\n");
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/api/v1/enrolments",
        exchange -> {
          asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int enrol(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "enrol",
                "--server",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                "--data",
                data.root().toString()));
    arguments.addAll(Arrays.asList(more));
    return execute(arguments.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    CommandLine command = Agent.commandLine(arguments);
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  @Test
  void theAgentsOwnTokenIsStored() {
    int code =
        enrol("--token-file", token.toString(), "--name", "wanted", "--restic", "/opt/restic");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(asked.get())
        .contains(
            "\"token\":\"one-time-secret\"",
            "\"hostname\":\"wanted\"",
            "\"os\":\"",
            "\"arch\":\"",
            "\"agentVersion\":\"");
    Enrolment enrolment = new EnrolmentStore(data).load().orElseThrow();
    assertThat(enrolment.hostId()).isEqualTo("h-1");
    assertThat(enrolment.hostName()).isEqualTo("web01");
    assertThat(enrolment.agentToken()).isEqualTo("agent-secret");
    assertThat(enrolment.restic()).contains(Path.of("/opt/restic"));
    assertThat(out.toString()).contains("as web01").doesNotContain("secret");
  }

  @Test
  void aSecondEnrolmentIsRefusedBeforeItsTokenIsUsed() throws IOException {
    enrol("--token-file", token.toString());
    Files.createDirectories(data.jobs().resolve("old-job"));
    Files.writeString(data.secrets(), "{}");
    asked.set(null);

    assertThat(enrol("--token-file", token.toString())).isEqualTo(ExitCode.ENROLMENT);
    assertThat(asked.get()).isNull();
    assertOneLine("already enrolled", "--replace");

    answer = GOOD.replace("h-1", "h-2");
    assertThat(enrol("--token-file", token.toString(), "--replace")).isZero();
    assertThat(new EnrolmentStore(data).load().orElseThrow().hostId()).isEqualTo("h-2");
    assertThat(data.jobs()).isEmptyDirectory();
    assertThat(data.secrets()).doesNotExist();
  }

  @Test
  void aRefusedTokenIsSaidInTheServersWords() {
    status = 403;
    type = "application/problem+json";
    answer =
        "{\"title\":\"Forbidden\",\"detail\":\"The token has expired; make a new one.\","
            + "\"status\":403,\"code\":\"token_expired\"}";

    assertThat(enrol("--token-file", token.toString())).isEqualTo(ExitCode.REFUSED);
    assertOneLine("The token has expired");
    assertThat(new EnrolmentStore(data).load()).isEmpty();
  }

  @Test
  void somebodyElseIsToldApart() {
    type = "text/html";
    for (int other : List.of(200, 201, 302, 404, 500)) {
      status = other;
      answer = "<html>\n<h1>It works</h1>";
      err.getBuffer().setLength(0);

      assertThat(enrol("--token-file", token.toString())).isEqualTo(ExitCode.NOT_REACHABLE);
      assertOneLine("not as a restic-manager does (HTTP " + other + ", text/html)");
    }
    status = 201;
    answer = "{\"hostId\":7}";
    err.getBuffer().setLength(0);
    assertThat(enrol("--token-file", token.toString())).isEqualTo(ExitCode.NOT_REACHABLE);
    assertOneLine("not as a restic-manager does");
  }

  @Test
  void aServerThatIsDownIsSaid() {
    server.stop(0);

    assertThat(enrol("--token-file", token.toString())).isEqualTo(ExitCode.NOT_REACHABLE);
    assertOneLine("cannot reach", "connection refused", "not used up");
  }

  @Test
  void anAgentThatRunsIsNotEnrolledAnew() throws IOException {
    data.prepared();
    try (RunLock held = RunLock.take(data).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(enrol("--token-file", token.toString(), "--replace")).isEqualTo(ExitCode.RUNNING);
      assertOneLine("stop it");
      assertThat(asked.get()).isNull();
    }
  }

  @Test
  void badArgumentsAreSaidInOneLine() throws IOException {
    assertThat(execute("enrol", "--server", "backup.example", "--data", data.root().toString()))
        .isEqualTo(ExitCode.FAILED);
    assertOneLine("http://HOST");
    assertThat(enrol("--token-file", root.resolve("none").toString())).isEqualTo(ExitCode.FAILED);
    assertOneLine("cannot read the token", "no such file");
    Files.writeString(token, " \n");
    assertThat(enrol("--token-file", token.toString())).isEqualTo(ExitCode.USAGE);
    assertOneLine("empty");
    assertThat(execute("enrol")).isEqualTo(ExitCode.USAGE);
    assertOneLine("--server");
    assertThat(execute()).isEqualTo(ExitCode.USAGE);
    assertOneLine("enrol, announce, run, status or version");
    assertThat(execute("run", "--data", data.root().toString())).isEqualTo(ExitCode.ENROLMENT);
    assertOneLine("not enrolled");
    Path file = Files.writeString(root.resolve("file"), "x");
    assertThat(execute("enrol", "--server", "http://h", "--data", file.resolve("below").toString()))
        .isEqualTo(ExitCode.FAILED);
    assertOneLine("cannot write to the data folder");
  }

  @Test
  void statusSaysWhereTheAgentStands() {
    enrol("--token-file", token.toString(), "--restic", "/nowhere/restic");
    out.getBuffer().setLength(0);

    assertThat(execute("status", "--data", data.root().toString())).isZero();

    assertThat(out.toString())
        .contains("enrolled: at http://127.0.0.1:", "as web01 (h-1)", "running:  no")
        .contains(
            "restic was not found at /nowhere/restic", "spool:    0.0 of 256 MiB", "jobs:     none")
        .doesNotContain("agent-secret");
  }

  private void assertOneLine(String... parts) {
    String said = err.toString();
    assertThat(said).contains(parts).doesNotContain("secret").hasLineCount(1);
    err.getBuffer().setLength(0);
  }
}
