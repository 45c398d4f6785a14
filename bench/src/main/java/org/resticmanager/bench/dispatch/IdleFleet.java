package org.resticmanager.bench.dispatch;

import jakarta.json.JsonArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.resticmanager.bench.AtOnce;
import org.resticmanager.bench.fleet.Fleet;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.node.Api;

/** Brings many hosts to where nothing is to be done for any of them. */
public final class IdleFleet {

  private static final int HOSTS_PER_REPOSITORY = 50;
  private static final int ENROLLING_AT_ONCE = 4;

  private IdleFleet() {}

  /** Enrols and connects so many; returns when every repository is made and no job is open. */
  static List<DispatchAgent> of(int hosts, Api admin, Fleet fleet)
      throws IOException, InterruptedException, ExecutionException {
    List<DispatchAgent> agents = enrol(hosts, admin);
    for (DispatchAgent agent : agents) {
      fleet.connect(agent, agent.host().token());
    }
    awaitNothingOpen(admin);
    return agents;
  }

  /** Returns when every repository is made and no job is open. */
  public static void awaitNothingOpen(Api admin) throws InterruptedException {
    while (open(admin, "queued") || open(admin, "running")) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static List<DispatchAgent> enrol(int hosts, Api admin)
      throws InterruptedException, ExecutionException {
    List<Callable<DispatchAgent>> enrolling = new ArrayList<>();
    String repository = "";
    for (int i = 0; i < hosts; i++) {
      if (i % HOSTS_PER_REPOSITORY == 0) {
        repository = FleetHost.repository(admin, "repository-" + i);
      }
      String name = "host-" + i;
      String shared = repository;
      enrolling.add(() -> new DispatchAgent(FleetHost.enrol(admin, name, shared)));
    }
    return AtOnce.all(ENROLLING_AT_ONCE, enrolling);
  }

  private static boolean open(Api admin, String status) {
    JsonArray jobs = admin.get("/api/v1/jobs?limit=1&status=" + status, 200).getJsonArray("items");
    return !jobs.isEmpty();
  }
}
