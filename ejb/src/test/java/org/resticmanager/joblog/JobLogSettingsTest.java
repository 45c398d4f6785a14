package org.resticmanager.joblog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestConfig;

class JobLogSettingsTest {

  @Test
  void defaultsAreThoseOfTheDocumentation() {
    JobLogSettings settings = settings(Map.of());

    assertThat(settings.keep()).isEqualTo(Duration.ofDays(90));
    assertThat(settings.maxSizeBytes()).isEqualTo(10L * 1024 * 1024 * 1024);
    assertThat(settings.maxReaders()).isEqualTo(200);
    assertThat(settings.maxDownloads()).isEqualTo(20);
  }

  @Test
  void valuesAreRead() {
    JobLogSettings settings =
        settings(
            Map.of(
                "restic-manager.job-log.keep-days", "7",
                "restic-manager.job-log.max-size-mib", "0"));

    assertThat(settings.keep()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.maxSizeBytes()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nonsenseIsRefusedWithTheSettingsName() {
    for (String nonsense : new String[] {"0", "-1", "a month", "40000"}) {
      JobLogSettings settings = settings(Map.of("restic-manager.job-log.keep-days", nonsense));
      assertThatThrownBy(settings::keep)
          .hasMessageContaining("restic-manager.job-log.keep-days")
          .hasMessageContaining(nonsense);
    }
  }

  private static JobLogSettings settings(Map<String, String> values) {
    return new JobLogSettings(TestConfig.of(values));
  }
}
