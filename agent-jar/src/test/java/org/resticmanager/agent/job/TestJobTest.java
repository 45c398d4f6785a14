package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;

/** What a test of the connection says, with every restic and a real REST server. */
class TestJobTest {

  private static final String PASSWORD = "password";
  private static final String CREDENTIAL = "at the door";

  @TempDir Path folder;

  private RestServer server;
  private int jobs;

  static Stream<Path> restics() {
    return RealRestic.all();
  }

  @BeforeEach
  void start() throws Exception {
    String hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-1")
                    .digest(CREDENTIAL.getBytes(StandardCharsets.UTF_8)));
    Path users = Files.writeString(folder.resolve("htpasswd"), "web-1:{SHA}" + hash + "\n");
    server = new RestServer(folder, "--private-repos", "--htpasswd-file", users.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("restics")
  void testSaysWhatIsInTheWay(Path restic) throws IOException {
    try (JobBench bench = JobBench.with(folder.resolve("agent"), restic)) {
      bench.repository(server.url(), PASSWORD).restUser("web-1", CREDENTIAL);
      JobFinished nothingThere = test(bench);
      assertThat(nothingThere.status()).isEqualTo(JobStatus.FAILED);
      assertThat(nothingThere.exitCode()).isEqualTo(10);
      assertThat(nothingThere.error()).contains("there is no repository at this location");

      assertThat(bench.init("init").end().status()).isEqualTo(JobStatus.SUCCEEDED);
      JobFinished fine = test(bench);
      assertThat(fine.status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(fine.error()).isEmpty();

      bench.repository(server.url(), "another");
      assertThat(test(bench).error()).contains("password is wrong");

      bench.repository(server.url(), PASSWORD).restUser("web-1", "not at the door");
      assertThat(test(bench).error())
          .contains("refused the user name or password")
          .doesNotContain("at the door");
    }
  }

  private JobFinished test(JobBench bench) throws IOException {
    jobs++;
    return bench.run(CommandRun.of("test-" + jobs, JobKind.TEST)).end();
  }
}
