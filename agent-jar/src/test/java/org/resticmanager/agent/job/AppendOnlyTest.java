package org.resticmanager.agent.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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

  /** 0.14 goes on asking for 75 s before it gives up; its end is told by the same lines of code. */
  static Stream<Path> resticsThatGiveUpSoon() {
    return RealRestic.all().filter(path -> !path.toString().contains("/0.14."));
  }

  @ParameterizedTest
  @MethodSource("resticsThatGiveUpSoon")
  void aForgetThatTheServerRefusesHasFailedWhateverResticSays(Path restic) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "content");
    try (RestServer server = new RestServer(folder, "--no-auth", "--append-only");
        JobBench bench = JobBench.with(folder.resolve("agent"), restic)) {
      bench.repository(server.url(), "password");
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
