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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * An agent of which only the socket is there: sends the frames that a test wants, in the order that
 * it wants, and keeps what comes back.
 */
final class RawAgent implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(30);

  /** An agent that waits for longer says that it is there. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  /** So many lines are said ahead; the control plane has room for many more. */
  private static final int WINDOW = 5000;

  private final ControlPlane controlPlane;
  private final String hostId;
  private final String hostName;
  private final String token;
  private final List<JsonObject> received = new CopyOnWriteArrayList<>();
  private WebSocket socket;
  private volatile boolean closed;
  private volatile String goodbye = "";

  private RawAgent(ControlPlane controlPlane, JsonObject enrolment) {
    this.controlPlane = controlPlane;
    hostId = enrolment.getString("hostId");
    hostName = enrolment.getString("hostName");
    token = enrolment.getString("agentToken");
  }

  /** Enrols a machine, connects it to a repository that nobody ever opens, and gives it a group. */
  static RawAgent enrol(ControlPlane controlPlane, String name, String sourceGroup) {
    Admin admin = controlPlane.admin();
    JsonObject machine =
        Json.createObjectBuilder()
            .add("token", admin.newEnrolmentToken())
            .add("hostname", name)
            .add("os", "linux")
            .add("arch", "amd64")
            .build();
    RawAgent agent =
        new RawAgent(
            controlPlane,
            controlPlane.api().post("/api/v1/enrolments", machine).expect(201).json());
    admin.connect(
        agent.hostId, admin.addRepository(name + " repository", "/nowhere", Secrets.random()));
    admin.putSourceGroup(agent.hostId, sourceGroup, List.of("/somewhere"));
    return agent;
  }

  String hostId() {
    return hostId;
  }

  String hostName() {
    return hostName;
  }

  /** Opens a new socket and says hello; speaks the extensions that are named. */
  RawAgent connect(String... features) {
    URI address = URI.create("ws" + controlPlane.url().toString().substring(4) + "/ws/agent");
    received.clear();
    closed = false;
    goodbye = "";
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .connectTimeout(LIMIT)
            .buildAsync(address, new Listener())
            .join();
    send(
        "hello",
        Json.createObjectBuilder()
            .add("agent_version", "0.1.0")
            .add("restic_version", "0.18.0")
            .add("protocol_version", 1)
            .add("hostname", hostName)
            .add("os", "linux")
            .add("arch", "amd64")
            .add("features", Json.createArrayBuilder(List.of(features))));
    return this;
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try (JsonReader reader = Json.createReader(new StringReader(text.toString()))) {
          received.add(reader.readObject());
        }
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, part, last);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
      goodbye = statusCode + " " + reason;
      closed = true;
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      goodbye = error.toString();
      closed = true;
    }
  }

  void send(String type, JsonObjectBuilder payload) {
    socket
        .sendText(
            Json.createObjectBuilder().add("type", type).add("payload", payload).build().toString(),
            true)
        .join();
  }

  /** Waits for the next command that was not taken yet, takes it, and says that it runs. */
  String begin() {
    return begin(LIMIT);
  }

  /** As {@link #begin()}, for a command whose turn comes only after those of others. */
  String begin(Duration turn) {
    JsonObject command = awaitFrame("command.run", turn);
    String job = command.getJsonObject("payload").getString("job_id");
    received.remove(command);
    socket
        .sendText(
            Json.createObjectBuilder()
                .add("type", "command.result")
                .add("id", command.getString("id"))
                .add("payload", Json.createObjectBuilder().add("job_id", job).add("accepted", true))
                .build()
                .toString(),
            true)
        .join();
    send(
        "job.started",
        Json.createObjectBuilder()
            .add("job_id", job)
            .add("kind", command.getJsonObject("payload").getString("kind"))
            .add("started_at", Instant.now().toString()));
    return job;
  }

  /** As {@link #begin}, for a backup; an init before it succeeds at once. */
  String beginBackup(String sourceGroup) {
    String wanted = controlPlane.admin().runNow(hostId, sourceGroup);
    String job = begin();
    while (!job.equals(wanted)) {
      finish(job);
      job = begin();
    }
    return job;
  }

  void log(String job, long... seqs) {
    for (long seq : seqs) {
      line(job, seq, "line " + seq);
    }
  }

  /** All numbers of a range, its ends included. */
  void logRange(String job, long first, long last) {
    log(job, LongStream.rangeClosed(first, last).toArray());
  }

  /** As {@link #logRange}, in one message. */
  void logTogether(String job, long first, long last) {
    JsonArrayBuilder lines = Json.createArrayBuilder();
    for (long seq = first; seq <= last; seq++) {
      lines.add(
          Json.createObjectBuilder()
              .add("ts", "2026-03-01T12:00:00Z")
              .add("stream", "stdout")
              .add("payload", "line " + seq));
    }
    send(
        "log.lines",
        Json.createObjectBuilder().add("job_id", job).add("first_seq", first).add("lines", lines));
  }

  /** As {@link #logRange}, and as an agent that waits for confirmations when many are missing. */
  void logPatiently(String job, long first, long last) {
    for (long seq = first; seq <= last; seq++) {
      long unconfirmed = seq - WINDOW;
      if (seq % (WINDOW / 10) == 0 && unconfirmed >= first) {
        await("line " + unconfirmed + " of job " + job + " confirmed")
            .atMost(LIMIT)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> closed || confirmed(job) >= unconfirmed);
      }
      line(job, seq, "line " + seq);
    }
  }

  void line(String job, long seq, String text) {
    send(
        "log.stream",
        Json.createObjectBuilder()
            .add("job_id", job)
            .add("seq", seq)
            .add("ts", "2026-03-01T12:00:00Z")
            .add("stream", "stdout")
            .add("payload", text));
  }

  void finish(String job) {
    send(
        "job.finished",
        Json.createObjectBuilder()
            .add("job_id", job)
            .add("status", "succeeded")
            .add("exit_code", 0)
            .add("finished_at", Instant.now().toString()));
  }

  /** Waits for the control plane to confirm a job's lines up to this one. */
  void awaitConfirmed(String job, long seq) {
    await("lines of job " + job + " confirmed up to " + seq)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> confirmed(job) == seq);
  }

  /** Up to which line a job's log was confirmed; 0 if none was. */
  long confirmed(String job) {
    return received.stream()
        .filter(frame -> frame.getString("type").equals("event.ack"))
        .map(frame -> frame.getJsonObject("payload"))
        .filter(ack -> ack.getString("job_id").equals(job))
        .mapToLong(ack -> ack.containsKey("seq") ? ack.getJsonNumber("seq").longValue() : 0)
        .max()
        .orElse(0);
  }

  private JsonObject awaitFrame(String type, Duration limit) {
    Predicate<JsonObject> fits = frame -> frame.getString("type").equals(type);
    Instant[] heartbeat = {Instant.now().plus(HEARTBEAT)};
    await("a frame " + type)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              if (Instant.now().isAfter(heartbeat[0])) {
                send(
                    "heartbeat",
                    Json.createObjectBuilder().add("sent_at", Instant.now().toString()));
                heartbeat[0] = heartbeat[0].plus(HEARTBEAT);
              }
              return closed || received.stream().anyMatch(fits);
            });
    Optional<JsonObject> found = received.stream().filter(fits).findFirst();
    assertThat(found).as("a frame %s before %s", type, goodbye).isPresent();
    return found.get();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
