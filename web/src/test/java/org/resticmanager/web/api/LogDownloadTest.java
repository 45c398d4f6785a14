package org.resticmanager.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.resticmanager.job.JobId;
import org.resticmanager.joblog.JobLogSettings;
import org.resticmanager.platform.Ids;

class LogDownloadTest {

  private static final JobLogSettings SETTINGS =
      new JobLogSettings() {
        @Override
        public int maxDownloads() {
          return 1;
        }
      };

  private final JobId job = new JobId(Ids.next());
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void whoIsNotLetInAnyMoreGetsNoMoreOfALongLog() {
    EndlessLog log = new EndlessLog(Duration.ofSeconds(1));

    assertBreaksOff(downloads(log).text(job, () -> asked.incrementAndGet() < 3));

    assertThat(asked).hasValue(3);
    assertThat(log.read()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void nobodyDownloadsForEver() {
    EndlessLog log = new EndlessLog(Duration.ofMinutes(1));

    assertBreaksOff(downloads(log).ndjson(job, () -> true));

    assertThat(log.read()).isEqualTo(Duration.ofHours(4).plusMinutes(1));
  }

  @Test
  void whatWasBrokenOffTakesNobodysPlace() {
    LogDownload downloads = downloads(new EndlessLog(Duration.ofSeconds(5)));

    assertBreaksOff(downloads.text(job, () -> false));

    assertBreaksOff(downloads.text(job, () -> false));
  }

  private static LogDownload downloads(EndlessLog log) {
    return new LogDownload(log, SETTINGS, log::nanoTime);
  }

  private static void assertBreaksOff(StreamingOutput download) {
    assertThatThrownBy(() -> download.write(OutputStream.nullOutputStream()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("let in no longer");
  }
}
