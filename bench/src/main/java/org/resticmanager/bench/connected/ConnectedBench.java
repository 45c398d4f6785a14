package org.resticmanager.bench.connected;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.fleet.BulkHosts;
import org.resticmanager.bench.fleet.EchoClient;
import org.resticmanager.bench.fleet.EchoEndpoint;
import org.resticmanager.bench.fleet.ReturningFleet;
import org.resticmanager.bench.node.BareApplication;
import org.resticmanager.bench.node.BareServer;
import org.resticmanager.bench.node.Heap;
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
    try (Node node = new Node(Path.of(arguments[0]));
        BareServer bare =
            new BareServer(Path.of(arguments[1]), BareApplication.of(EchoEndpoint.class))) {
      long heapBefore = Heap.liveKib(node.pid());
      long bareHeapBefore = Heap.liveKib(bare.pid());
      try (ReturningFleet agents =
              new ReturningFleet(node.url(), BulkHosts.make(AGENTS, node.database()));
          ReturningFleet echoes =
              new ReturningFleet(
                  bare.url(), Stream.generate(EchoClient::new).limit(AGENTS).toList())) {
        if (wanted.contains(CONNECTED)) {
          Connected measured = new Connected(AGENTS, agents, echoes);
          measured.await();
          measured.cpu(node, bare, connected);
          measured.heap(node.pid(), heapBefore, bare.pid(), bareHeapBefore, connected);
          connected.publish();
        }
        if (wanted.contains(STORM)) {
          Storm.measure(AGENTS, node, agents, bare, echoes, storm);
          storm.publish();
        }
      }
    }
  }
}
