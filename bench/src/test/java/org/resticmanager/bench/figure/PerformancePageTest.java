package org.resticmanager.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {

  private static final Machine MACHINE = new Machine("Processor", 2, 24, "Debian", "17", 0.1);
  private static final String PLACE =
      "before\n<!-- measured by ci/bench agent -->\nold\n<!-- end -->\nafter\n";

  @TempDir Path results;

  @Test
  void showsTheNewestResultWithMediansSpreadRatioAndGoals() throws IOException {
    result("2026-11-24T10:00:00Z", Measure.of("older", "s", 1)).write(results);
    result(
            "2026-11-25T10:00:00Z",
            Measure.of("a backup", "s", Sample.of(5.5, 5.4, 1234))
                .beside("restic alone", Sample.of(5, 5, 5))
                .ratioAtMost(1.03)
                .atMost(6),
            Measure.of("files", "", 50_000))
        .write(results);

    assertThat(new PerformancePage(results).filled(PLACE))
        .isEqualTo(
            """
            before
            <!-- measured by ci/bench agent -->

            |  | restic-manager | beside | ratio | goal |
            |---|--:|--:|--:|--:|
            | a backup, s | 5.50 (5.40 – 1,234) | restic alone: 5.00 (5.00 – 5.00) | 1.100 | ratio ≤ 1.03: **missed**, ≤ 6.00 s: met |
            | files | 50,000 |  |  |  |

            2026-11-25, commit abc, 2 cores of Processor, 24 GiB, Debian, Java 17; load before it began: 0.100.

            <!-- end -->
            after
            """);
  }

  @Test
  void leavesAloneWhatWasNeverMeasured() throws IOException {
    assertThat(new PerformancePage(results).filled(PLACE)).isEqualTo(PLACE);
    assertThat(new PerformancePage(results.resolve("none")).filled(PLACE)).isEqualTo(PLACE);
  }

  @Test
  void thePageShowsWhatWasMeasuredLast() throws IOException {
    Path project = Path.of("").toAbsolutePath().getParent();
    String page = Files.readString(project.resolve("docs/performance.md"));

    assertThat(page).isEqualTo(new PerformancePage(project.resolve("bench/results")).filled(page));
  }

  private static Result result(String measured, Measure... measures) {
    return new Result("agent", Instant.parse(measured), "abc", MACHINE, List.of(measures));
  }
}
