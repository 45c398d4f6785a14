package org.resticmanager.conformance.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.wire.FrameRules;
import org.resticmanager.conformance.wire.Observed;
import org.resticmanager.conformance.wire.Patience;

/** Every check of a control plane, in the order in which they are best run. */
public final class ServerSuite {

  private final List<Check> checks = new ArrayList<>();

  /**
   * Connects to nobody yet.
   *
   * @param address the control plane's, {@code http} or {@code https}
   * @param agentToken of a host that has no other agent; secret
   * @param hooks what the operator can do, by name
   * @param tooOldVersion a protocol version below the server's minimum
   */
  public ServerSuite(
      URI address,
      String agentToken,
      Map<String, Hook> hooks,
      Patience patience,
      int tooOldVersion) {
    Observed observed = new Observed(new FrameRules(true));
    observed.mustNeverSay(agentToken);
    ControlPlane server = new ControlPlane(address, agentToken, observed, patience);
    Operator operator = new Operator(hooks);
    checks.addAll(new UpgradeChecks(server).checks());
    checks.addAll(new GreetingChecks(server, operator, tooOldVersion).checks());
    checks.addAll(new JobChecks(server, operator).checks());
    checks.addAll(new AckChecks(server, operator).checks());
    checks.addAll(new ResumeChecks(server, operator).checks());
    checks.addAll(new ScheduleChecks(server, operator).checks());
    checks.addAll(new LenientReadingChecks(server, operator).checks());
    checks.addAll(new BadInputChecks(server).checks());
    checks.addAll(new SnapshotsChecks(server, operator).checks());
    checks.add(
        Check.of(
            "1",
            "frames",
            "every frame of the server's in this run was well-formed and within what was agreed",
            observed::allWellFormed));
    checks.add(
        Check.of(
            "3", "secrets", "no secret was in any frame but config.update", observed::noSecrets));
  }

  public List<Check> checks() {
    return List.copyOf(checks);
  }

  /** The hooks that may be given, with what each must bring about. */
  public static Map<String, String> hookNames() {
    return Operator.NAMES;
  }
}
