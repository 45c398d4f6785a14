package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads along with a job, as any client of Server-Sent Events would. */
final class LogReader implements AutoCloseable {

  /**
   * An event.
   *
   * @param id its id; empty if it has none
   * @param name {@code message} unless it has another
   * @param data without the line's end
   */
  record Event(String id, String name, String data) {

    JsonObject json() {
      try (JsonReader reader = Json.createReader(new StringReader(data))) {
        return reader.readObject();
      }
    }
  }

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private final HttpResponse<InputStream> response;
  private volatile boolean over;

  /**
   * Begins to read.
   *
   * @param query of the address, such as {@code ?after=3}; may be empty
   * @param lastEventId what a browser would send when it comes again
   */
  LogReader(Api api, String job, String query, Optional<String> lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(api.base() + "/api/v1/jobs/" + job + "/log/stream" + query))
            .header("Authorization", "Bearer " + api.token().orElseThrow())
            .header("Accept", "text/event-stream");
    lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
    try {
      response =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    Thread thread = new Thread(this::read, "reader of job " + job);
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String id = "";
      String name = "message";
      StringBuilder data = new StringBuilder();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          if (data.length() > 0) {
            events.add(new Event(id, name, data.toString()));
          }
          id = "";
          name = "message";
          data.setLength(0);
        } else if (line.startsWith(":")) {
          comments.add(line);
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).stripLeading());
        }
      }
    } catch (IOException e) {
      // the server is gone, or we are
    } finally {
      over = true;
    }
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  /** The numbers of the lines that have come. */
  List<Long> seqs() {
    return events.stream()
        .filter(event -> event.name().equals("message"))
        .map(event -> Long.valueOf(event.id()))
        .toList();
  }

  List<String> comments() {
    return List.copyOf(comments);
  }

  /** Whether the server has closed the stream. */
  boolean over() {
    return over;
  }

  /** The status in the event that ends a stream; empty if none has come. */
  Optional<String> end() {
    return events.stream()
        .filter(event -> event.name().equals("end"))
        .map(event -> event.json().getString("status"))
        .findFirst();
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      // it is closed then
    }
  }
}
