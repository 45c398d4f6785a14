package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts that come all at once, as after a restart of the control plane. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class ManyHostsTest {

  private static final String GROUP = "files";

  /** More than the control plane has connections to its database, or threads for agents. */
  private static final int HOSTS = 60;

  /** For all the turns before one's own, on a slow machine. */
  private static final Duration TURN = Duration.ofMinutes(3);

  /** Each gets its init of the one repository, one after the other. */
  @Test
  void hostsOfOneRepositoryThatComeTogetherAllGetTheirTurn(ControlPlane controlPlane)
      throws Exception {
    Admin admin = controlPlane.admin();
    String repository = admin.addRepository("of many", "/nowhere/of-many", Secrets.random());
    List<RawAgent> agents = new ArrayList<>();
    for (int i = 0; i < HOSTS; i++) {
      RawAgent agent = RawAgent.enrol(controlPlane, "many-" + i, GROUP);
      admin.connect(agent.hostId(), repository);
      agents.add(agent);
    }
    ExecutorService together = Executors.newFixedThreadPool(HOSTS);
    try {
      List<Callable<String>> turns = new ArrayList<>();
      for (RawAgent agent : agents) {
        turns.add(() -> doWhatWaits(agent.connect("ack", "resume")));
      }

      for (Future<String> last : together.invokeAll(turns)) {
        assertThat(admin.awaitEnd(last.get(), RawAgent.LIMIT).getString("status"))
            .isEqualTo("succeeded");
      }
    } finally {
      together.shutdownNow();
      agents.forEach(RawAgent::close);
    }
  }

  /** The init of the common repository; that of the one that it left has ended. */
  private static String doWhatWaits(RawAgent agent) {
    String init = agent.begin(TURN);
    agent.finish(init);
    return init;
  }
}
