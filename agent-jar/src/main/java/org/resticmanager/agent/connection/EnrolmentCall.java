package org.resticmanager.agent.connection;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonObject;
import org.resticmanager.agent.config.AgentVersion;
import org.resticmanager.agent.config.Machine;

/** Trades a one-time token for an agent's own: {@code POST /api/v1/enrolments}. */
public final class EnrolmentCall {

  private static final int CREATED = 201;

  private final JsonCall call;

  public EnrolmentCall(ServerAddress server, ServerTrust trust) {
    this.call = new JsonCall(server, trust, "The token is not used up");
  }

  /**
   * What the control plane made of us.
   *
   * @param hostId the host's id there
   * @param hostName its name there
   * @param agentToken the agent's own token; secret
   */
  public record Enrolled(String hostId, String hostName, String agentToken) {

    /** From an answer, or nothing if it is not all there. */
    static Enrolled of(JsonObject answer, JsonCall call) throws EnrolmentFailed {
      Enrolled enrolled =
          new Enrolled(
              JsonCall.text(answer, "hostId"),
              JsonCall.text(answer, "hostName"),
              JsonCall.text(answer, "agentToken"));
      if (enrolled.hostId().isEmpty()
          || enrolled.hostName().isEmpty()
          || enrolled.agentToken().isEmpty()) {
        throw call.incomplete("token");
      }
      return enrolled;
    }

    /** Without the token, which must never reach a log. */
    @Override
    public String toString() {
      return "Enrolled[hostId=" + hostId + ", hostName=" + hostName + "]";
    }
  }

  /**
   * Asks once.
   *
   * @param token the one-time token; it is used up if this returns
   * @param hostname the name that the host is to have
   * @throws EnrolmentFailed if nothing came of it
   */
  public Enrolled enrol(String token, String hostname, Machine machine) throws EnrolmentFailed {
    JsonObject body =
        JSON.createObjectBuilder()
            .add("token", token)
            .add("hostname", hostname)
            .add("os", machine.os())
            .add("arch", machine.arch())
            .add("agentVersion", AgentVersion.current())
            .build();
    return Enrolled.of(call.post("/enrolments", body, CREATED), call);
  }
}
