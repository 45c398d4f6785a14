package org.resticmanager.bench.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.fleet.Fleet;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.node.Api;

/**
 * Hosts that each have a repository of their own and one running backup, whose log comes as fast as
 * it is confirmed.
 *
 * @param agents theirs
 */
public record LogFleet(List<LogAgent> agents) {

  /**
   * Enrols and connects so many, spread over fleets; returns when lines of each are confirmed.
   *
   * @param name what the names of the hosts begin with
   */
  public static LogFleet begin(String name, int count, Api admin, List<Fleet> fleets)
      throws IOException, InterruptedException {
    List<FleetHost> hosts = new ArrayList<>();
    List<LogAgent> agents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String its = name + "-" + i;
      FleetHost host = FleetHost.enrol(admin, its, FleetHost.repository(admin, its));
      LogAgent agent = new LogAgent();
      fleets.get(i % fleets.size()).connect(agent, host.token());
      hosts.add(host);
      agents.add(agent);
    }
    hosts.forEach(host -> host.runNow(admin));
    while (agents.stream().anyMatch(agent -> agent.confirmed() == 0)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return new LogFleet(agents);
  }

  /** How many lines the control plane has said to be in its database. */
  public long confirmed() {
    return agents.stream().mapToLong(LogAgent::confirmed).sum();
  }

  /** No further lines; returns when the end of each job is confirmed. */
  public void end() throws InterruptedException {
    agents.forEach(LogAgent::stop);
    for (LogAgent agent : agents) {
      agent.awaitEnd();
    }
  }
}
