package org.resticmanager.web.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.WireCodec;
import org.resticmanager.protocol.wire.WireError;

/** Whoever writes a line of the log would be believed by who reads it. */
class AgentsWordsInTheLogTest {

  /** Kept, or its handlers would be forgotten. */
  private static final Logger LOG = Logger.getLogger("org.resticmanager.web.agent");

  private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
  private final List<String> logged = new ArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(listener);
  }

  @AfterEach
  void stop() {
    LOG.removeHandler(listener);
    threads.shutdownNow();
  }

  @Test
  void anErrorThatAnAgentReportsIsOneShortLine() {
    new WireErrorHandler()
        .handle(
            link(),
            new WireError(
                "bad\r\ncode", "x\n2026-05-01 SEVERE all is lost" + "y".repeat(5000), null),
            Optional.empty());

    assertThat(logged)
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .contains("bad␍␊code: x␊2026-05-01 SEVERE all is lost")
                    .hasLineCount(1)
                    .hasSizeLessThan(1000));
  }

  private AgentLink link() {
    return new AgentLink(
        new HostId(Ids.next()),
        new FakeSocket().session(),
        new WireCodec(),
        Clock.systemUTC(),
        threads,
        new AgentLink.Limits(1 << 20, 1_000_000),
        threads,
        (self, frames) -> {});
  }
}
