package org.resticmanager.conformance.cli;

import java.time.Duration;
import org.resticmanager.conformance.wire.Patience;
import picocli.CommandLine.Option;

/** How long to wait: options of both commands. */
final class Waiting {

  @Option(
      names = "--answer-within",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait for what must come; ${DEFAULT-VALUE} by default.")
  private double answerSeconds;

  @Option(
      names = "--quiet-for",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "How long to listen for what must not come; ${DEFAULT-VALUE} by default.")
  private double quietSeconds;

  Patience patience() {
    return new Patience(seconds(answerSeconds), seconds(quietSeconds));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
