package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The REST API over plain HTTP; knows no resource.
 *
 * @param base the control plane's address
 * @param token sent as bearer token; empty for nobody
 */
record Api(URI base, Optional<String> token) {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Api(URI base) {
    this(base, Optional.empty());
  }

  Api withToken(String newToken) {
    return new Api(base, Optional.of(newToken));
  }

  /** A part of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  Reply get(String path) {
    return send("GET", path, Optional.empty());
  }

  Reply post(String path) {
    return send("POST", path, Optional.empty());
  }

  Reply post(String path, JsonObject body) {
    return send("POST", path, Optional.of(body.toString()));
  }

  Reply put(String path, JsonObject body) {
    return send("PUT", path, Optional.of(body.toString()));
  }

  Reply delete(String path) {
    return send("DELETE", path, Optional.empty());
  }

  /** Sends any request; a body is sent as JSON. */
  Reply send(String method, String path, Optional<String> body) {
    return send(method, path, body, Map.of());
  }

  /** As {@link #send(String, String, Optional)}, with further headers. */
  Reply send(String method, String path, Optional<String> body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LIMIT)
            .method(
                method,
                body.map(HttpRequest.BodyPublishers::ofString)
                    .orElse(HttpRequest.BodyPublishers.noBody()));
    body.ifPresent(text -> request.setHeader("Content-Type", "application/json"));
    headers.forEach(request::setHeader);
    token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    try {
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(method + " " + path, response);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * What came back.
   *
   * @param request what had been asked
   */
  record Reply(String request, HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    /** The media type without parameters; empty if there is none. */
    String contentType() {
      return header("Content-Type").replaceFirst(";.*", "");
    }

    /** A header's first value; empty if it is absent. */
    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String body() {
      return response.body();
    }

    JsonObject json() {
      try (JsonReader reader = Json.createReader(new StringReader(body()))) {
        return reader.readObject();
      }
    }

    /** This reply, if it has the status. */
    Reply expect(int status) {
      assertThat(status()).as("%s answers: %s", request, body()).isEqualTo(status);
      return this;
    }
  }
}
