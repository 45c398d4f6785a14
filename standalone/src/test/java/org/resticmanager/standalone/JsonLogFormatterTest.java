package org.resticmanager.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLogFormatterTest {
  private static final String HOST = "01a21553-1616-76f7-9716-dca7e2992aef";
  private static final String JOB = "01a21553-2222-76f7-9716-dca7e2992aef";

  @Test
  void messageIsOneObjectInOneLineWithTheIdsOfWhatItNames() {
    LogRecord entry = new LogRecord(Level.WARNING, "job {1} of host {0}:\n\"\\\u0007 é");
    entry.setParameters(new Object[] {HOST, JOB});
    entry.setLoggerName("org.example");
    entry.setInstant(Instant.parse("2026-05-04T12:00:00Z"));
    entry.setLongThreadID(7);

    assertThat(new JsonLogFormatter().format(entry))
        .isEqualTo(
            ("{'time':'2026-05-04T12:00:00Z','level':'WARNING','logger':'org.example',"
                    + "'message':'job JOB of host HOST:\\n\\'\\\\\\u0007 é','thread':'7',"
                    + "'job':'JOB','host':'HOST'}\n")
                .replace("\\'", "@")
                .replace('\'', '"')
                .replace("@", "\\\"")
                .replace("JOB", JOB)
                .replace("HOST", HOST));
  }

  @Test
  void failureBringsItsStackAndStaysInItsLine() {
    LogRecord entry = new LogRecord(Level.SEVERE, "it failed");
    entry.setThrown(new IllegalStateException("no more"));

    assertThat(new JsonLogFormatter().format(entry))
        .contains("\"exception\":\"java.lang.IllegalStateException: no more\\n\\u0009at ")
        .hasLineCount(1);
  }
}
