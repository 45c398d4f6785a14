package org.resticmanager.system;

import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An agent that runs no restic and keeps its books as a real one does: it knows every job that it
 * was ever given, begins each once, says what is not confirmed again on each connection, and comes
 * back whenever its connection is lost.
 */
final class SimulatedAgent implements AutoCloseable {

  /** How many lines the log of each of its jobs has. */
  static final int LINES = 20;

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int LONGEST_PAUSE_MILLIS = 500;

  private final Peer.Enrolled machine;
  private final Map<String, Work> jobs = new LinkedHashMap<>();
  private final List<String> begun = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean connected;
  private volatile Instant lastHeard = Instant.MIN;

  /** One job as it stands. */
  private static final class Work {

    private boolean ended;
    private boolean confirmed;
  }

  /** Begins at once to connect. */
  SimulatedAgent(Peer.Enrolled machine) {
    this.machine = machine;
    thread = new Thread(this::live, "agent of host " + machine.host());
    thread.setDaemon(true);
    thread.start();
  }

  /** The jobs that it has begun, each as often as that was. */
  List<String> begun() {
    return List.copyOf(begun);
  }

  /** Whether a control plane has bidden it welcome, and has not gone since. */
  boolean connected() {
    return connected;
  }

  /** When a control plane has last said anything. */
  Instant lastHeard() {
    return lastHeard;
  }

  private void live() {
    while (!stopping) {
      try (Peer peer = machine.connect()) {
        converse(peer);
      } catch (CompletionException e) {
        // no server, or it died meanwhile
      } finally {
        connected = false;
      }
      await()
          .pollDelay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS)))
          .until(() -> true);
    }
  }

  private void converse(Peer peer) {
    peer.say("hello", hello());
    Optional<JsonObject> frame = peer.next();
    while (frame.isPresent() && !stopping) {
      lastHeard = Instant.now();
      JsonObject payload = frame.get().getJsonObject("payload");
      switch (frame.get().getString("type")) {
        case "welcome" -> {
          connected = true;
          sayWhatIsNotConfirmed(peer);
        }
        case "command.run" -> run(peer, frame.get().getString("id"), payload);
        case "event.ack" -> confirmed(payload);
        default -> {}
      }
      frame = peer.next();
    }
  }

  private JsonObjectBuilder hello() {
    JsonArrayBuilder held = Json.createArrayBuilder();
    jobs.forEach(
        (job, work) -> {
          if (!work.confirmed) {
            held.add(
                Json.createObjectBuilder()
                    .add("job_id", job)
                    .add("status", work.ended ? "succeeded" : "running")
                    .add("last_seq", work.ended ? LINES : LINES / 2));
          }
        });
    return Json.createObjectBuilder()
        .add("protocol_version", 1)
        .add("agent_version", "0")
        .add("restic_version", "0.18.0")
        .add("hostname", "simulated")
        .add("os", "linux")
        .add("arch", "amd64")
        .add("features", Json.createArrayBuilder().add("ack").add("resume"))
        .add("jobs", held);
  }

  private void run(Peer peer, String id, JsonObject command) {
    String job = command.getString("job_id");
    if (!jobs.containsKey(job)) {
      jobs.put(job, new Work());
      begun.add(job);
    }
    peer.reply(
        "command.result", id, Json.createObjectBuilder().add("job_id", job).add("accepted", true));
    say(peer, job);
  }

  private void sayWhatIsNotConfirmed(Peer peer) {
    List<String> open = new ArrayList<>();
    jobs.forEach(
        (job, work) -> {
          if (!work.confirmed) {
            open.add(job);
          }
        });
    open.forEach(job -> say(peer, job));
  }

  /** The whole of it, from its beginning; what was only begun goes on to its end. */
  private void say(Peer peer, String job) {
    peer.say(
        "job.started",
        Json.createObjectBuilder()
            .add("job_id", job)
            .add("kind", "backup")
            .add("started_at", Instant.now().toString()));
    for (int seq = 1; seq <= LINES; seq++) {
      peer.say(
          "log.stream",
          Json.createObjectBuilder()
              .add("job_id", job)
              .add("seq", seq)
              .add("ts", "2026-03-01T12:00:00Z")
              .add("stream", "stdout")
              .add("payload", "line " + seq + " of " + job));
    }
    jobs.get(job).ended = true;
    peer.finish(job, "succeeded", 0);
  }

  private void confirmed(JsonObject ack) {
    Work work = jobs.get(ack.getString("job_id"));
    if (work != null && ack.getBoolean("finished", false)) {
      work.confirmed = true;
    }
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
