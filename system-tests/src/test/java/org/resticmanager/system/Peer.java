package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * An agent that is none: a bare WebSocket on which a test says whatever it likes. It runs no restic
 * and answers nothing by itself.
 */
final class Peer implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<JsonObject> received = new ArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;
  private int given;

  private Peer(URI server, String token) {
    URI address = URI.create("ws" + server.toString().substring(4) + "/ws/agent");
    socket =
        HTTP.newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .connectTimeout(LIMIT)
            .buildAsync(address, new Ear())
            .join();
  }

  /** A machine that has enrolled and of which nothing runs. */
  record Enrolled(String host, String token, URI server) {

    static Enrolled at(ControlPlane controlPlane, String name) {
      return at(controlPlane, controlPlane.admin(), name);
    }

    /** At a node whose administrator was made on another. */
    static Enrolled at(ControlPlane controlPlane, Admin admin, String name) {
      JsonObject answer =
          controlPlane
              .api()
              .post(
                  "/api/v1/enrolments",
                  Json.createObjectBuilder()
                      .add("token", admin.newEnrolmentToken())
                      .add("hostname", name)
                      .add("os", "linux")
                      .add("arch", "amd64")
                      .build())
              .expect(201)
              .json();
      return new Enrolled(
          answer.getString("hostId"), answer.getString("agentToken"), controlPlane.url());
    }

    /** The same machine, which finds the control plane at another address. */
    Enrolled at(URI address) {
      return new Enrolled(host, token, address);
    }

    /** Opens a socket and says nothing. */
    Peer connect() {
      return new Peer(server, token);
    }

    /** Opens a socket and says hello as an agent that speaks these extensions. */
    Peer hello(String... features) {
      return connect().hello("peer", features);
    }

    /** As {@link #hello(String...)}, as an agent whose restic runs this job. */
    Peer helloHolding(String job, String... features) {
      return connect()
          .say(
              "hello",
              greeting("peer", features)
                  .add(
                      "jobs",
                      Json.createArrayBuilder()
                          .add(
                              Json.createObjectBuilder()
                                  .add("job_id", job)
                                  .add("status", "running")
                                  .add("last_seq", 0))));
    }
  }

  /** A machine with a repository that exists, as far as anybody knows, and a source group. */
  static Enrolled ready(ControlPlane controlPlane, String name, String sourceGroup) {
    Admin admin = controlPlane.admin();
    Enrolled machine = Enrolled.at(controlPlane, name);
    admin.connect(machine.host(), admin.addRepository(name, "/nowhere/" + name, "secret"));
    admin.putSourceGroup(machine.host(), sourceGroup, List.of("/somewhere"));
    try (Peer peer = machine.hello("ack", "resume")) {
      String init = peer.awaitCommand(command -> command.getString("kind").equals("init"));
      peer.start(init);
      peer.finish(init, "succeeded", 0);
      peer.await1("event.ack", ack -> ack.getBoolean("finished", false));
    }
    return machine;
  }

  Peer hello(String hostname, String... features) {
    return say("hello", greeting(hostname, features));
  }

  private static JsonObjectBuilder greeting(String hostname, String... features) {
    JsonArrayBuilder named = Json.createArrayBuilder();
    List.of(features).forEach(named::add);
    return Json.createObjectBuilder()
        .add("protocol_version", 1)
        .add("agent_version", "0")
        .add("restic_version", "0.18.0")
        .add("hostname", hostname)
        .add("os", "linux")
        .add("arch", "amd64")
        .add("features", named)
        .add("time_zone", List.of(features).contains("schedule_zone") ? "Asia/Kathmandu" : "");
  }

  Peer say(String type, JsonObjectBuilder payload) {
    return send(
        Json.createObjectBuilder().add("type", type).add("payload", payload).build().toString());
  }

  /** Says it as the reply to a request. */
  Peer reply(String type, String id, JsonObjectBuilder payload) {
    return send(
        Json.createObjectBuilder()
            .add("type", type)
            .add("id", id)
            .add("payload", payload)
            .build()
            .toString());
  }

  /** Sends any text as a frame. */
  Peer send(String frame) {
    socket.sendText(frame, true).join();
    return this;
  }

  /** Sends a frame, or finds that the server has closed the socket meanwhile. */
  boolean sent(String frame) {
    try {
      send(frame);
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  Peer sendBinary(byte... frame) {
    socket.sendBinary(ByteBuffer.wrap(frame), true).join();
    return this;
  }

  /** Says a line of a job's log. */
  Peer line(String job, long seq, String text) {
    return say(
        "log.stream",
        Json.createObjectBuilder()
            .add("job_id", job)
            .add("seq", seq)
            .add("ts", "2026-03-01T12:00:00Z")
            .add("stream", "stdout")
            .add("payload", text));
  }

  /** Accepts a job, and says that it runs. */
  void start(String job) {
    say("command.result", Json.createObjectBuilder().add("job_id", job).add("accepted", true));
    say(
        "job.started",
        Json.createObjectBuilder()
            .add("job_id", job)
            .add("kind", "backup")
            .add("started_at", Instant.now().toString()));
  }

  void finish(String job, String status, int exitCode) {
    finish(job, status, exitCode, "");
  }

  void finish(String job, String status, int exitCode, String error) {
    say(
        "job.finished",
        Json.createObjectBuilder()
            .add("job_id", job)
            .add("status", status)
            .add("exit_code", exitCode)
            .add("error", error)
            .add("finished_at", Instant.now().toString()));
  }

  /** The host's first schedule; waits until it has been told of any. */
  String awaitScheduleId() {
    return await1("schedule.set").getJsonArray("schedules").getJsonObject(0).getString("id");
  }

  /** Says that a schedule has fired. */
  void fire(String schedule, String at) {
    send(fireFrame(schedule, at));
  }

  static String fireFrame(String schedule, String at) {
    return Json.createObjectBuilder()
        .add("type", "schedule.fire")
        .add(
            "payload",
            Json.createObjectBuilder().add("schedule_id", schedule).add("scheduled_at", at))
        .build()
        .toString();
  }

  /** Everything that has come so far, in its order. */
  List<JsonObject> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /**
   * The next frame that this has not given before; waits for it. Empty when the connection has
   * ended.
   */
  Optional<JsonObject> next() {
    synchronized (received) {
      while (received.size() <= given && !closed.isDone()) {
        try {
          received.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return Optional.empty();
        }
      }
      return given < received.size() ? Optional.of(received.get(given++)) : Optional.empty();
    }
  }

  /** The payloads of one type that have come so far. */
  List<JsonObject> received(String type) {
    return received().stream()
        .filter(frame -> frame.getString("type").equals(type))
        .map(frame -> frame.getJsonObject("payload"))
        .toList();
  }

  /** Waits for a message of a type and returns its payload. */
  JsonObject await1(String type, Predicate<JsonObject> which) {
    return await(type)
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> received(type).stream().filter(which).findFirst().orElse(null),
            found -> found != null);
  }

  JsonObject await1(String type) {
    return await1(type, payload -> true);
  }

  /** Waits for the order to run a job that has not been {@link #start}ed here. */
  String awaitCommand(Predicate<JsonObject> which) {
    return await1("command.run", which).getString("job_id");
  }

  /** The code with which the server has closed the socket; waits for it. */
  int awaitClose() {
    return awaitClose(LIMIT);
  }

  int awaitClose(Duration limit) {
    try {
      return closed.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("the server did not close the socket; it said " + received(), e);
    }
  }

  void assertOpen() {
    assertThat(closed).as("still open; the server said %s", received()).isNotDone();
  }

  /** Without a word, as when the process dies. */
  void cut() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Ear implements WebSocket.Listener {

    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        try (JsonReader reader = Json.createReader(new StringReader(parts.toString()))) {
          JsonObject frame = reader.readObject();
          synchronized (received) {
            received.add(frame);
            received.notifyAll();
          }
        }
        parts.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
      ended(statusCode);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended(1006);
    }

    private void ended(int code) {
      closed.complete(code);
      synchronized (received) {
        received.notifyAll();
      }
    }
  }
}
