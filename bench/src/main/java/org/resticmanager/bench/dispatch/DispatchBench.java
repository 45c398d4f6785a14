package org.resticmanager.bench.dispatch;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.fleet.Fleet;
import org.resticmanager.bench.node.Heap;
import org.resticmanager.bench.node.Node;

/** One node with a thousand idle agents, and what is measured on it. */
public final class DispatchBench {

  private static final int AGENTS = Integer.getInteger("bench.agents", 1000);
  private static final String DISPATCH = "dispatch";
  private static final String MISBEHAVING = "misbehaving";

  private DispatchBench() {}

  /**
   * @param arguments the control plane's runnable file, Payara Micro's, and which are wanted:
   *     {@code dispatch}, {@code misbehaving}
   */
  public static void main(String[] arguments) throws Exception {
    Set<String> wanted = Arrays.stream(arguments).skip(2).collect(Collectors.toSet());
    Result dispatch = Result.begin(DISPATCH);
    Result misbehaving = Result.begin(MISBEHAVING);
    try (Node node = new Node(Path.of(arguments[0]));
        Fleet fleet = new Fleet(node.url())) {
      double heapWithoutAgents = Heap.liveMib(node.pid());
      List<DispatchAgent> agents = IdleFleet.of(AGENTS, node.admin(), fleet);
      RunNow runNow = new RunNow(agents, node.admin());
      if (wanted.contains(DISPATCH)) {
        new Dispatch(node, runNow, Path.of(arguments[1])).measure(heapWithoutAgents, dispatch);
        dispatch.publish();
      }
      if (wanted.contains(MISBEHAVING)) {
        new Disturbance(node, runNow).measure(misbehaving);
        misbehaving.publish();
      }
    }
  }
}
