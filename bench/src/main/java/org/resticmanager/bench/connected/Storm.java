package org.resticmanager.bench.connected;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.fleet.IdleAgent;
import org.resticmanager.bench.fleet.ReturningFleet;
import org.resticmanager.bench.node.BareServer;
import org.resticmanager.bench.node.Node;

/**
 * A server with thousands of agents is killed and started anew: how long until all are back. The
 * server that only echoes is gone for as long, because with every minute that a server is gone its
 * agents wait longer.
 *
 * @param gone from the server's end until it answered again
 * @param back from then until the last agent was welcome
 * @param turnedAway how often an agent was let in and not taken up after that
 */
record Storm(Duration gone, Duration back, long turnedAway) {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String REFERENCE = "echo endpoint, gone as long";
  private static final double MOST_RATIO = 1.5;
  private static final double MOST_SECONDS = 60;

  /** What is done to a server. */
  @FunctionalInterface
  private interface Step {

    void run() throws Exception;
  }

  static Storm measure(
      int count,
      Node node,
      ReturningFleet agents,
      BareServer bare,
      ReturningFleet echoes,
      Result result)
      throws Exception {
    agents.awaitAll(LIMIT);
    echoes.awaitAll(LIMIT);
    Storm ours = of(agents, node::kill, node::start);
    Storm reference =
        of(
            echoes,
            bare::kill,
            () -> {
              TimeUnit.NANOSECONDS.sleep(ours.gone().minus(bare.startTook()).toNanos());
              bare.start();
            });
    result.add(
        Measure.of("from ready to all back", "s", Measure.seconds(ours.back()))
            .beside(REFERENCE, Sample.of(Measure.seconds(reference.back())))
            .ratioAtMost(MOST_RATIO)
            .atMost(MOST_SECONDS));
    result.add(Measure.of("turned away once it was ready", "times", ours.turnedAway()).atMost(0));
    result.add(Measure.of("turned away by the echo endpoint", "times", reference.turnedAway()));
    result.add(
        Measure.of("from the kill until ready", "s", Measure.seconds(ours.gone()))
            .beside(REFERENCE, Sample.of(Measure.seconds(reference.gone()))));
    result.add(Measure.of("agents", "", count));
    return ours;
  }

  /** In seconds. */
  Sample backAfter() {
    return Sample.of(Measure.seconds(back));
  }

  /** What becomes of fewer agents, who come to a server that nobody is connected to. */
  static Storm ofFewer(List<IdleAgent> few, Node node) throws Exception {
    try (ReturningFleet agents = new ReturningFleet(node.url())) {
      agents.join(few);
      agents.awaitAll(LIMIT);
      return of(agents, node::kill, node::start);
    }
  }

  private static Storm of(ReturningFleet fleet, Step kill, Step start) throws Exception {
    long killed = System.nanoTime();
    kill.run();
    start.run();
    long ready = System.nanoTime();
    long turnedAwayBefore = fleet.turnedAway();
    long back = fleet.awaitAll(LIMIT);
    return new Storm(
        Duration.ofNanos(ready - killed),
        Duration.ofNanos(back - ready),
        fleet.turnedAway() - turnedAwayBefore);
  }
}
