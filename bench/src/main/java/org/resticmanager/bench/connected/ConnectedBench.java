package org.resticmanager.bench.connected;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.resticmanager.bench.figure.Growth;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.fleet.BulkHosts;
import org.resticmanager.bench.fleet.EchoClient;
import org.resticmanager.bench.fleet.EchoEndpoint;
import org.resticmanager.bench.fleet.IdleAgent;
import org.resticmanager.bench.fleet.ReturningFleet;
import org.resticmanager.bench.node.BareApplication;
import org.resticmanager.bench.node.BareServer;
import org.resticmanager.bench.node.Node;

/**
 * One node with thousands of idle agents, and beside it a server with as many sockets and the same
 * texts that only sends them back; and what is measured on both.
 */
public final class ConnectedBench {

  private static final int AGENTS = Integer.getInteger("bench.agents", 5000);
  private static final String CONNECTED = "connected";
  private static final String STORM = "storm";

  private ConnectedBench() {}

  /**
   * @param arguments the control plane's runnable file, Payara Micro's, and which are wanted:
   *     {@code connected}, {@code storm}
   */
  public static void main(String[] arguments) throws Exception {
    Set<String> wanted = Arrays.stream(arguments).skip(2).collect(Collectors.toSet());
    Result connected = Result.begin(CONNECTED);
    Result storm = Result.begin(STORM);
    Map<Integer, Storm> storms = new HashMap<>();
    try (Node node = new Node(Path.of(arguments[0]));
        BareServer bare =
            new BareServer(Path.of(arguments[1]), BareApplication.of(EchoEndpoint.class))) {
      List<IdleAgent> all = BulkHosts.make(AGENTS, node.database());
      List<EchoClient> clients = Stream.generate(EchoClient::new).limit(AGENTS).toList();
      try (ReturningFleet agents = new ReturningFleet(node.url());
          ReturningFleet echoes = new ReturningFleet(bare.url())) {
        if (wanted.contains(CONNECTED)) {
          new Connected(node, agents, bare, echoes).measure(all, clients, connected);
          connected.publish();
        } else {
          agents.join(all);
          echoes.join(clients);
        }
        if (wanted.contains(STORM)) {
          storms.put(Growth.MOST, Storm.measure(AGENTS, node, agents, bare, echoes, storm));
        }
      }
      if (wanted.contains(STORM)) {
        bare.kill(); // it would take some of the machine
        storms(all, node, storms, storm);
        storm.publish();
      }
    }
  }

  /** The largest has been. */
  private static void storms(
      List<IdleAgent> all, Node node, Map<Integer, Storm> storms, Result result) throws Exception {
    Growth growth = new Growth(result);
    for (int times : Growth.TIMES) {
      if (!storms.containsKey(times)) {
        storms.put(times, Storm.ofFewer(all.subList(0, all.size() * times / Growth.MOST), node));
      }
      growth.ofAll(times, "from ready to all back, s", storms.get(times).backAfter());
    }
  }
}
