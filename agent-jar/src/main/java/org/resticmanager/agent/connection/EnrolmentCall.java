package org.resticmanager.agent.connection;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.resticmanager.agent.config.AgentVersion;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.agent.config.Words;

/** Trades a one-time token for an agent's own: {@code POST /api/v1/enrolments}. */
public final class EnrolmentCall {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int CREATED = 201;

  private final ServerAddress server;

  public EnrolmentCall(ServerAddress server) {
    this.server = server;
  }

  /**
   * What the control plane made of us.
   *
   * @param hostId the host's id there
   * @param hostName its name there
   * @param agentToken the agent's own token; secret
   */
  public record Enrolled(String hostId, String hostName, String agentToken) {

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
        Json.createObjectBuilder()
            .add("token", token)
            .add("hostname", hostname)
            .add("os", machine.os())
            .add("arch", machine.arch())
            .add("agentVersion", AgentVersion.current())
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(server.enrolments())
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, application/problem+json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> response = send(request);
    Optional<JsonObject> answer = json(response.body());
    if (response.statusCode() == CREATED) {
      return answer.flatMap(EnrolmentCall::enrolled).orElseThrow(() -> stranger(response));
    }
    throw refusal(response, answer);
  }

  private HttpResponse<String> send(HttpRequest request) throws EnrolmentFailed {
    try {
      return HttpClient.newBuilder()
          .connectTimeout(LIMIT)
          .version(HttpClient.Version.HTTP_1_1)
          .build()
          .send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new EnrolmentFailed(
          EnrolmentFailed.Obstacle.NOT_REACHABLE,
          "cannot reach "
              + server
              + " ("
              + Words.of(e)
              + "); check the address and that the control plane runs. The token is not used up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnrolmentFailed(EnrolmentFailed.Obstacle.NOT_REACHABLE, "interrupted");
    }
  }

  private static Optional<Enrolled> enrolled(JsonObject answer) {
    Enrolled enrolled =
        new Enrolled(text(answer, "hostId"), text(answer, "hostName"), text(answer, "agentToken"));
    return enrolled.hostId().isEmpty()
            || enrolled.hostName().isEmpty()
            || enrolled.agentToken().isEmpty()
        ? Optional.empty()
        : Optional.of(enrolled);
  }

  private EnrolmentFailed refusal(HttpResponse<String> response, Optional<JsonObject> answer) {
    String detail =
        answer
            .map(
                problem ->
                    text(problem, "detail").isEmpty()
                        ? text(problem, "title")
                        : text(problem, "detail"))
            .orElse("");
    if (detail.isEmpty()) {
      return stranger(response);
    }
    if (response.statusCode() >= 500) {
      return new EnrolmentFailed(
          EnrolmentFailed.Obstacle.NOT_REACHABLE,
          server + " cannot enrol anybody at the moment: " + Words.oneLine(detail));
    }
    return new EnrolmentFailed(
        EnrolmentFailed.Obstacle.REFUSED,
        server + " refused the enrolment: " + Words.oneLine(detail));
  }

  private EnrolmentFailed stranger(HttpResponse<String> response) {
    String type = response.headers().firstValue("Content-Type").orElse("no content type");
    return new EnrolmentFailed(
        EnrolmentFailed.Obstacle.NOT_A_CONTROL_PLANE,
        server
            + " answers, but not as a restic-manager does (HTTP "
            + response.statusCode()
            + ", "
            + Words.oneLine(type)
            + "); check the address");
  }

  private static Optional<JsonObject> json(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return Optional.of(reader.readObject());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static String text(JsonObject json, String key) {
    return json.get(key) instanceof JsonString text ? text.getString() : "";
  }
}
