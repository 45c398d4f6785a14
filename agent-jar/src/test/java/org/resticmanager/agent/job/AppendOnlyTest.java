package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.RetentionPolicy;
import org.resticmanager.protocol.wire.SnapshotsReport;

/** On a real REST server that takes everything and lets nobody delete. */
class AppendOnlyTest {

  private static final RetentionPolicy NEWEST_ONLY =
      new RetentionPolicy(1, 0, 0, 0, 0, 0, "", List.of());

  @TempDir Path folder;

  private Process server;
  private int port;

  /** 0.14 goes on asking for 75 s before it gives up; its end is told by the same lines of code. */
  static Stream<Path> resticsThatGiveUpSoon() {
    return RealRestic.all().filter(path -> !path.toString().contains("/0.14."));
  }

  @BeforeEach
  void startServer() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server =
        new ProcessBuilder(
                newestServer().toString(),
                "--no-auth",
                "--append-only",
                "--path",
                folder.resolve("data").toString(),
                "--listen",
                "127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    Awaitility.await().ignoreExceptions().until(this::listens);
  }

  private static Path newestServer() throws IOException {
    Path tools = Path.of("../.tools/rest-server");
    assertThat(tools).as("ci/tools backends fetches it").isDirectory();
    try (Stream<Path> versions = Files.list(tools)) {
      return versions
          .sorted()
          .reduce((first, second) -> second)
          .orElseThrow()
          .resolve("rest-server");
    }
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  @AfterEach
  void stopServer() {
    server.destroyForcibly();
  }

  @ParameterizedTest
  @MethodSource("resticsThatGiveUpSoon")
  void aForgetThatTheServerRefusesHasFailedWhateverResticSays(Path restic) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "content");
    try (JobBench bench = JobBench.with(folder.resolve("agent"), restic)) {
      bench.repository("rest:http://127.0.0.1:" + port + "/web-1/", "password");
      assertThat(bench.init("init").end().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(bench.backup("first", file.toString()).end().status())
          .isEqualTo(JobStatus.SUCCEEDED);
      assertThat(bench.backup("second", file.toString()).end().status())
          .isEqualTo(JobStatus.SUCCEEDED);

      JobBench.Told forget =
          bench.run(
              CommandRun.of("forget", JobKind.FORGET)
                  .tag("the-group")
                  .retentionPolicy(NEWEST_ONLY));

      assertThat(forget.end().status()).isEqualTo(JobStatus.FAILED);
      assertThat(forget.end().error())
          .contains("does not let this user delete")
          .doesNotContain("restic/cmd");
      assertThat(forget.first(SnapshotsReport.class).orElseThrow().snapshots())
          .as("both are still there")
          .hasSize(2);
    }
  }
}
