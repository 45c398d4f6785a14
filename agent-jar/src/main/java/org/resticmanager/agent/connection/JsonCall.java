package org.resticmanager.agent.connection;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.resticmanager.agent.config.Words;

/** Asks the control plane something over its REST API: JSON there, JSON back. */
final class JsonCall {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ServerAddress server;
  private final String whileUnreachable;
  private final HttpClient client;

  /**
   * @param trust whom to take for it
   * @param whileUnreachable a sentence for who waits for it; empty if there is none
   */
  JsonCall(ServerAddress server, ServerTrust trust, String whileUnreachable) {
    this.server = server;
    this.whileUnreachable = whileUnreachable;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .sslContext(trust.context())
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /**
   * Asks once.
   *
   * @param path below {@code /api/v1}
   * @param success the status of a good answer
   * @throws EnrolmentFailed if nobody answers, or with something else
   */
  JsonObject post(String path, JsonObject body, int success) throws EnrolmentFailed {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.base() + "/api/v1" + path))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, application/problem+json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> response = send(request);
    Optional<JsonObject> answer = json(response.body());
    if (response.statusCode() == success) {
      return answer.orElseThrow(() -> stranger(response));
    }
    throw refusal(response, answer);
  }

  private HttpResponse<String> send(HttpRequest request) throws EnrolmentFailed {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new EnrolmentFailed(
          EnrolmentFailed.Obstacle.NOT_REACHABLE,
          "cannot reach "
              + server
              + " ("
              + Words.of(e)
              + "); check the address and that the control plane runs"
              + (whileUnreachable.isEmpty() ? "" : ". " + whileUnreachable));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnrolmentFailed(EnrolmentFailed.Obstacle.NOT_REACHABLE, "interrupted");
    }
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

  /** Of an answer that lacks something. */
  EnrolmentFailed incomplete(String what) {
    return new EnrolmentFailed(
        EnrolmentFailed.Obstacle.NOT_A_CONTROL_PLANE,
        server + " answers, but not as a restic-manager does (no " + what + "); check the address");
  }

  private static Optional<JsonObject> json(String body) {
    try (JsonReader reader = JSON.createReader(new StringReader(body))) {
      return Optional.of(reader.readObject());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** A text of an answer; empty if it is not there. */
  static String text(JsonObject json, String key) {
    return json.get(key) instanceof JsonString text ? text.getString() : "";
  }
}
