package org.resticmanager.bench.connected;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.fleet.BulkHosts;
import org.resticmanager.bench.fleet.EchoClient;
import org.resticmanager.bench.fleet.EchoEndpoint;
import org.resticmanager.bench.fleet.ReturningFleet;
import org.resticmanager.bench.node.BareServer;
import org.resticmanager.bench.node.Node;

/**
 * A server with thousands of agents is killed and started anew: how long until all are back. The
 * server that only echoes is gone for as long, because with every minute that a server is gone its
 * agents wait longer.
 */
public final class StormBench {

  private static final int AGENTS = Integer.getInteger("bench.agents", 5000);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String REFERENCE = "echo endpoint, gone as long";
  private static final double MOST_RATIO = 1.5;
  private static final double MOST_SECONDS = 60;

  /**
   * How a fleet came back.
   *
   * @param gone from the server's end until it answered again
   * @param back from then until the last agent was welcome
   * @param turnedAway how often an agent was let in and not taken up after that
   */
  private record Storm(Duration gone, Duration back, long turnedAway) {}

  /** What is done to a server. */
  @FunctionalInterface
  private interface Step {

    void run() throws Exception;
  }

  private StormBench() {}

  /**
   * @param arguments the control plane's runnable file, and Payara Micro's
   */
  public static void main(String[] arguments) throws Exception {
    Result result = Result.begin("storm");
    Storm ours = ours(Path.of(arguments[0]));
    Storm reference = reference(Path.of(arguments[1]), ours.gone());
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
    result.add(Measure.of("agents", "", AGENTS));
    result.publish();
  }

  private static Storm ours(Path server) throws Exception {
    try (Node node = new Node(server);
        ReturningFleet fleet =
            new ReturningFleet(node.url(), BulkHosts.make(AGENTS, node.database()))) {
      return storm(fleet, node::kill, node::start);
    }
  }

  private static Storm reference(Path payaraMicro, Duration gone) throws Exception {
    try (BareServer server = new BareServer(payaraMicro, EchoEndpoint.class);
        ReturningFleet fleet =
            new ReturningFleet(
                server.url(), Stream.generate(EchoClient::new).limit(AGENTS).toList())) {
      Duration pause = gone.minus(server.startTook());
      return storm(
          fleet,
          server::kill,
          () -> {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            server.start();
          });
    }
  }

  private static Storm storm(ReturningFleet fleet, Step kill, Step start) throws Exception {
    fleet.awaitAll(LIMIT);
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
