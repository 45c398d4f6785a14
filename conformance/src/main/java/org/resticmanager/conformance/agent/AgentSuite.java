package org.resticmanager.conformance.agent;

import jakarta.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.socket.Door;
import org.resticmanager.conformance.wire.FrameRules;
import org.resticmanager.conformance.wire.Observed;
import org.resticmanager.conformance.wire.Patience;

/** Every check of an agent, in the order in which they are best run. */
public final class AgentSuite implements Closeable {

  private final Door door;
  private final Agent agent;
  private final List<Check> checks = new ArrayList<>();

  /**
   * Opens a port for the agent; starts none yet.
   *
   * @param address where to listen
   * @param port 0 for a free one
   * @param agentToken what the agent must authenticate with; the enrolment call hands it out
   * @param starter brings the agent to life; empty if somebody else does
   * @param folder for files to back up, the repository and the tokens; must be empty
   * @param firstWait how long to wait for an agent that somebody else starts
   */
  public AgentSuite(
      InetAddress address,
      int port,
      String agentToken,
      Optional<Starter> starter,
      Path folder,
      Duration firstWait,
      Patience patience)
      throws IOException {
    Observed observed = new Observed(new FrameRules(false));
    Workbench workbench = new Workbench(folder);
    observed.mustNeverSay(agentToken);
    observed.mustNeverSay(workbench.password());
    door = new Door(address, port, body -> enrolled(agentToken));
    agent =
        new Agent(
            door,
            agentToken,
            starter,
            environment(folder, agentToken),
            firstWait,
            observed,
            patience,
            workbench);
    checks.addAll(new ConnectionChecks(agent).checks());
    checks.addAll(new ScheduleChecks(agent).checks());
    checks.addAll(new JobChecks(agent).checks());
    checks.addAll(new ResendChecks(agent).checks());
    checks.addAll(new BadInputChecks(agent).checks());
    checks.addAll(new ReconnectChecks(agent).checks());
    checks.add(
        Check.of(
            "1",
            "frames",
            "every frame of the agent's in this run was well-formed and within what was agreed",
            observed::allWellFormed));
    checks.add(
        Check.of("1", "frames-masked", "every frame was masked (RFC 6455)", observed::allMasked));
    checks.add(
        Check.of(
            "3",
            "secrets",
            "no frame held the repository's password or the agent's token",
            observed::noSecrets));
  }

  private static String enrolled(String agentToken) {
    return Json.createObjectBuilder()
        .add("hostId", UUID.randomUUID().toString())
        .add("hostName", "conformance")
        .add("agentToken", agentToken)
        .build()
        .toString();
  }

  private Map<String, String> environment(Path folder, String agentToken) throws IOException {
    Path enrolment = folder.resolve("enrolment-token");
    Path token = folder.resolve("agent-token");
    Files.writeString(enrolment, UUID.randomUUID() + "\n");
    Files.writeString(token, agentToken + "\n");
    return Map.of(
        "RM_SERVER_URL", address().toString(),
        "RM_ENROLMENT_TOKEN_FILE", enrolment.toString(),
        "RM_AGENT_TOKEN_FILE", token.toString());
  }

  /** Where the agent is to connect. */
  public URI address() {
    return door.address();
  }

  public List<Check> checks() {
    return List.copyOf(checks);
  }

  /** Ends the agent, if we started it. */
  @Override
  public void close() {
    try {
      agent.end();
      door.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
