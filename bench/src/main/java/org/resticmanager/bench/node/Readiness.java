package org.resticmanager.bench.node;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Waits for servers that start. */
final class Readiness {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long PAUSE_MILLIS = 50;

  private Readiness() {}

  /**
   * Returns when an address answers 200.
   *
   * @param console what the server prints, shown if it does not start
   */
  static void await(URI address, Process server, Path console)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(LIMIT);
    while (!new Api(address, "").answers(address.getPath())) {
      if (!server.isAlive() || Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(address + " does not answer: " + Files.readString(console));
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
