package org.resticmanager.bench.node;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * The REST API. Connections are kept open between calls. Any thread.
 *
 * @param base the control plane's address
 * @param token sent as bearer token; empty for nobody
 */
public record Api(URI base, String token) {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  /** The body of an answer with this status; anything else ends the benchmark. */
  public JsonObject get(String path, int status) {
    return json(send("GET", path, BodyPublishers.noBody()), path, status);
  }

  /** As {@link #get}, without a body of ours. */
  public JsonObject post(String path, int status) {
    return json(send("POST", path, BodyPublishers.noBody()), path, status);
  }

  public JsonObject post(String path, JsonObject body, int status) {
    return json(send("POST", path, BodyPublishers.ofString(body.toString())), path, status);
  }

  public void put(String path, JsonObject body, int status) {
    json(send("PUT", path, BodyPublishers.ofString(body.toString())), path, status);
  }

  /** Asks for a page, which must answer 200; returns how many characters it has. */
  public int page(String path) {
    HttpResponse<String> response = send("GET", path, BodyPublishers.noBody());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + " answers " + response.statusCode());
    }
    return response.body().length();
  }

  /** Whether a path answers 200; false also if nobody is there yet. */
  boolean answers(String path) {
    try {
      return send("GET", path, BodyPublishers.noBody()).statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).method(method, body);
    request.header("Content-Type", "application/json");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject json(HttpResponse<String> response, String path, int status) {
    if (response.statusCode() != status) {
      throw new IllegalStateException(
          path + " answers " + response.statusCode() + ": " + response.body());
    }
    if (response.body().isEmpty()) {
      return JsonObject.EMPTY_JSON_OBJECT;
    }
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readObject();
    }
  }
}
