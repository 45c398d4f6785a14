package org.resticmanager.bench.idle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.resticmanager.bench.agent.AgentProcess;
import org.resticmanager.bench.agent.PlayedControlPlane;
import org.resticmanager.bench.agent.ServiceUnit;
import org.resticmanager.bench.figure.Growth;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Rounds;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.node.Folders;

/** From the start of our agent's process until its {@code hello} is at the control plane. */
public final class HelloBench {

  private static final int WARM_UPS = 2;
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 19);
  private static final int STARTS_WITH_SCHEDULES = 7;
  private static final String UNTIL_HELLO = "until hello";
  private static final double MOST_RATIO = 1.5;

  private HelloBench() {}

  /**
   * @param arguments the agent's runnable file, the restic, and install.sh
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("restic-manager-bench");
    Path jar = Path.of(arguments[0]);
    List<String> javaOptions = ServiceUnit.javaOptions(Path.of(arguments[2]));
    Result result = Result.begin("hello");
    List<String> agentOptions = ServiceUnit.withArchive(javaOptions, jar, folder);
    Path restic = Path.of(arguments[1]);
    try (PlayedControlPlane controlPlane = new PlayedControlPlane()) {
      AgentProcess.enrol(jar, restic, controlPlane.address(), folder);
      Rounds rounds =
          Rounds.of(
              WARM_UPS,
              ROUNDS,
              () -> agent(jar, agentOptions, folder, controlPlane),
              () -> bareClient(jar, javaOptions, folder, controlPlane));
      result.add(
          rounds
              .measure(UNTIL_HELLO, "start to hello", "ms", "bare Tyrus client")
              .ratioAtMost(MOST_RATIO));
      Growth growth = new Growth(result);
      for (int times : Growth.TIMES) {
        int schedules = IdleBench.SCHEDULES * times;
        growth.ofAll(
            times,
            IdleBench.SCHEDULES + " schedules at 1×: start to hello, ms",
            withSchedules(schedules, jar, restic, agentOptions, folder));
      }
    } finally {
      Folders.delete(folder);
    }
    result.publish();
  }

  /** The first start has none of them yet, and does not count. */
  private static Sample withSchedules(
      int count, Path jar, Path restic, List<String> javaOptions, Path folder) throws Exception {
    Path its = Files.createTempDirectory(folder, "agent");
    List<Double> millis = new ArrayList<>();
    try (PlayedControlPlane controlPlane = new PlayedControlPlane(count)) {
      AgentProcess.enrol(jar, restic, controlPlane.address(), its);
      try (AgentProcess first = new AgentProcess(jar, javaOptions, its)) {
        controlPlane.greet();
        controlPlane.converse(1);
      }
      for (int i = 0; i < STARTS_WITH_SCHEDULES; i++) {
        millis.add(agent(jar, javaOptions, its, controlPlane).get(UNTIL_HELLO));
      }
    }
    return new Sample(millis);
  }

  private static Map<String, Double> agent(
      Path jar, List<String> javaOptions, Path folder, PlayedControlPlane controlPlane)
      throws Exception {
    long begun = System.nanoTime();
    try (AgentProcess agent = new AgentProcess(jar, javaOptions, folder)) {
      return Map.of(UNTIL_HELLO, (controlPlane.greet() - begun) / 1e6);
    }
  }

  private static Map<String, Double> bareClient(
      Path jar, List<String> javaOptions, Path folder, PlayedControlPlane controlPlane)
      throws Exception {
    long begun = System.nanoTime();
    try (BareProcess client = new BareProcess(jar, javaOptions, controlPlane.address(), folder)) {
      return Map.of(UNTIL_HELLO, (controlPlane.greet() - begun) / 1e6);
    }
  }
}
