package org.resticmanager.bench.idle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.resticmanager.bench.agent.AgentProcess;
import org.resticmanager.bench.agent.PlayedControlPlane;
import org.resticmanager.bench.agent.ServiceUnit;
import org.resticmanager.bench.figure.Growth;
import org.resticmanager.bench.figure.Measure;
import org.resticmanager.bench.figure.Result;
import org.resticmanager.bench.figure.Sample;
import org.resticmanager.bench.node.Folders;

/**
 * What our agent takes while nothing is to be done: several agents and as many bare clients, each
 * with a connection of its own, over the same minutes.
 */
public final class IdleBench {

  private static final int OF_EACH = 5;

  /** Of the agent with the fewest, of those that have some. */
  static final int SCHEDULES = 4;

  private static final Duration SETTLING = Duration.ofSeconds(40);

  /** A multiple of the pause between heartbeats. */
  private static final Duration MEASURED =
      Duration.ofSeconds(Integer.getInteger("bench.seconds", 60));

  private static final String REFERENCE = "bare Tyrus client";
  private static final double MOST_RATIO = 1.25;
  private static final double MOST_RESIDENT_MIB = 64;

  private final Path folder;
  private final Path jar;
  private final List<String> javaOptions;
  private final List<AutoCloseable> running = new ArrayList<>();

  private IdleBench(Path folder, Path jar, List<String> javaOptions) {
    this.folder = folder;
    this.jar = jar;
    this.javaOptions = javaOptions;
  }

  /**
   * @param arguments the agent's runnable file, the restic, and install.sh
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("restic-manager-bench");
    IdleBench bench =
        new IdleBench(
            folder, Path.of(arguments[0]), ServiceUnit.javaOptions(Path.of(arguments[2])));
    try {
      bench.run(Path.of(arguments[1]));
    } finally {
      for (AutoCloseable one : bench.running) {
        one.close();
      }
      Folders.delete(folder);
    }
  }

  private void run(Path restic) throws Exception {
    Result result = Result.begin("idle");
    List<Long> agents = new ArrayList<>();
    List<Long> clients = new ArrayList<>();
    List<String> agentOptions = ServiceUnit.withArchive(javaOptions, jar, folder);
    for (int i = 0; i < OF_EACH; i++) {
      agents.add(agent(restic, agentOptions, 0));
      clients.add(client());
    }
    List<Long> planned = new ArrayList<>();
    for (int times : Growth.TIMES) {
      planned.add(agent(restic, agentOptions, SCHEDULES * times));
    }
    TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
    List<Footprint> agentsBefore = footprints(agents);
    List<Footprint> clientsBefore = footprints(clients);
    List<Footprint> plannedBefore = footprints(planned);
    TimeUnit.NANOSECONDS.sleep(MEASURED.toNanos());
    List<Idle> ours = Idle.all(agentsBefore, footprints(agents), MEASURED);
    List<Idle> reference = Idle.all(clientsBefore, footprints(clients), MEASURED);
    List<Idle> growing = Idle.all(plannedBefore, footprints(planned), MEASURED);

    result.add(
        measure("resident memory (RSS)", "MiB", ours, reference, Idle::residentMib)
            .ratioAtMost(MOST_RATIO)
            .atMost(MOST_RESIDENT_MIB));
    result.add(
        measure("its part of it (PSS)", "MiB", ours, reference, Idle::proportionalMib)
            .ratioAtMost(MOST_RATIO));
    result.add(measure("threads", "", ours, reference, Idle::threads).ratioAtMost(MOST_RATIO));
    result.add(
        measure("CPU", "s per hour", ours, reference, Idle::cpuSecondsPerHour)
            .ratioAtMost(MOST_RATIO));
    result.add(
        Measure.of("disk writes", "KiB per hour", sample(ours, Idle::writtenKibPerHour)).atMost(0));
    grow(growing, result);
    result.publish();
  }

  private static void grow(List<Idle> growing, Result result) {
    Growth growth = new Growth(result);
    for (int i = 0; i < Growth.TIMES.size(); i++) {
      Idle idle = growing.get(i);
      int times = Growth.TIMES.get(i);
      String schedules = SCHEDULES + " schedules at 1×: ";
      growth.ofAll(times, schedules + "RSS, MiB", Sample.of(idle.residentMib()));
      growth.ofAll(times, schedules + "CPU, s per hour", Sample.of(idle.cpuSecondsPerHour()));
    }
  }

  private long agent(Path restic, List<String> agentOptions, int schedules)
      throws IOException, InterruptedException {
    Path its = Files.createTempDirectory(folder, "agent");
    PlayedControlPlane controlPlane = new PlayedControlPlane(schedules);
    running.add(controlPlane);
    AgentProcess.enrol(jar, restic, controlPlane.address(), its);
    AgentProcess agent = new AgentProcess(jar, agentOptions, its);
    running.add(agent);
    controlPlane.greet();
    controlPlane.converse(BareClient.UNTIL_AT_REST);
    return agent.pid();
  }

  private long client() throws IOException, InterruptedException {
    PlayedControlPlane controlPlane = new PlayedControlPlane();
    running.add(controlPlane);
    BareProcess client = new BareProcess(jar, javaOptions, controlPlane.address(), folder);
    running.add(client);
    controlPlane.greet();
    return client.pid();
  }

  private static List<Footprint> footprints(List<Long> pids) throws IOException {
    List<Footprint> all = new ArrayList<>();
    for (long pid : pids) {
      all.add(Footprint.of(pid));
    }
    return all;
  }

  private static Measure measure(
      String name,
      String unit,
      List<Idle> ours,
      List<Idle> reference,
      ToDoubleFunction<Idle> figure) {
    return Measure.of(name, unit, sample(ours, figure))
        .beside(REFERENCE, sample(reference, figure));
  }

  private static Sample sample(List<Idle> all, ToDoubleFunction<Idle> figure) {
    return new Sample(all.stream().mapToDouble(figure).boxed().toList());
  }
}
