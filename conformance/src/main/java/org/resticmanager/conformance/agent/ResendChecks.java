package org.resticmanager.conformance.agent;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.protocol.wire.CommandCancel;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Feature;

/** Section 4, {@code ack} and {@code resume}: what survives a lost connection. */
final class ResendChecks {

  private static final Duration JOB_LIMIT = Duration.ofSeconds(60);

  private final Agent agent;

  ResendChecks(Agent agent) {
    this.agent = agent;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "4 ack",
            "resend",
            "what was not confirmed before the connection broke comes again with the same numbers",
            this::resent),
        Check.of(
            "4 ack",
            "resend-confirmed",
            "what was confirmed does not come again",
            this::confirmedIsDropped),
        Check.of(
            "4 resume",
            "hello-jobs",
            "hello.jobs lists a job that is held, its status and highest line, until it is confirmed",
            this::helloJobs),
        Check.of(
            "4 resume",
            "survives",
            "a running backup survives a lost connection, and is listed as running",
            this::survives),
        Check.of(
            "3",
            "survives-base",
            "a running backup survives the loss of a base server, and can be cancelled afterwards",
            this::survivesBase));
  }

  /** Runs a backup that nobody confirms, and loses the connection. */
  private PlayedServer unconfirmed(CommandRun command) throws Exception {
    PlayedServer server = agent.confirming();
    server.accepted(command);
    server
        .talk()
        .expect("job.finished", frame -> frame.isOf("job.finished", command.jobId()), JOB_LIMIT);
    server.talk().hearOut();
    return server;
  }

  private void resent() throws Exception {
    CommandRun command = agent.workbench().backup();
    PlayedServer before = unconfirmed(command);
    PlayedServer after = agent.newConnection(Speech.EXTENDED);
    Frame again =
        after
            .talk()
            .expect("job.finished again", frame -> frame.isOf("job.finished", command.jobId()));
    Frame once =
        before.of(command.jobId()).stream()
            .filter(frame -> frame.type().equals("job.finished"))
            .findFirst()
            .orElseThrow();
    if (!again.payload().equals(once.payload())) {
      throw new Broken("the same job.finished as before, " + once, "this came: " + again);
    }
    TreeMap<Long, JsonObject> told = lines(before, command);
    TreeMap<Long, JsonObject> retold = lines(after, command);
    after.confirm(command.jobId());
    if (!told.equals(retold)) {
      throw new Broken(
          "the same lines as before, numbered " + told.keySet(),
          told.keySet().equals(retold.keySet())
              ? "lines with the same numbers say something else"
              : "these numbers came: " + retold.keySet());
    }
  }

  private static TreeMap<Long, JsonObject> lines(PlayedServer server, CommandRun command) {
    TreeMap<Long, JsonObject> lines = new TreeMap<>();
    server.of(command.jobId()).stream()
        .filter(frame -> frame.type().equals("log.stream"))
        .forEach(frame -> lines.put(frame.number("seq"), frame.payload()));
    return lines;
  }

  private void confirmedIsDropped() throws Exception {
    CommandRun command = agent.workbench().backup();
    PlayedServer server = unconfirmed(command);
    server.confirm(command.jobId());
    server.talk().listen(agent.patience().quiet());
    PlayedServer after = agent.newConnection(Speech.EXTENDED);
    after
        .talk()
        .expectNone(
            "frame of a job whose end was confirmed",
            frame -> frame.text("job_id").equals(command.jobId()));
    if (held(after, command.jobId()).isPresent()) {
      throw new Broken("no job in hello.jobs whose end was confirmed", after.hello().toString());
    }
  }

  private static Optional<JsonObject> held(PlayedServer server, String jobId) {
    return server.hello().objects("jobs").stream()
        .filter(job -> job.getString("job_id", "").equals(jobId))
        .findFirst();
  }

  private void helloJobs() throws Exception {
    CommandRun command = agent.workbench().backup();
    PlayedServer before = unconfirmed(command);
    agent.need(before, Feature.RESUME);
    PlayedServer after = agent.newConnection(Speech.EXTENDED);
    JsonObject job = needHeld(after, command.jobId());
    after
        .talk()
        .expect("job.finished", frame -> frame.isOf("job.finished", command.jobId()), JOB_LIMIT);
    after.confirm(command.jobId());
    if (!job.getString("status", "").equals("succeeded")
        || job.getInt("last_seq", 0) != before.lastSeq(command.jobId())) {
      throw new Broken(
          "status succeeded and last_seq " + before.lastSeq(command.jobId()), job.toString());
    }
  }

  private static JsonObject needHeld(PlayedServer server, String jobId) {
    return held(server, jobId)
        .orElseThrow(
            () -> new Broken("the job " + jobId + " in hello.jobs", server.hello().toString()));
  }

  private void survives() throws Exception {
    PlayedServer before = agent.confirming();
    agent.need(before, Feature.RESUME);
    String jobId = agent.startEndless(before);
    PlayedServer after = agent.newConnection(Speech.EXTENDED);
    JsonObject job = needHeld(after, jobId);
    after
        .talk()
        .expect("job.progress after the reconnect", frame -> frame.isOf("job.progress", jobId));
    after.talk().send(new CommandCancel(jobId));
    after.end(jobId, JOB_LIMIT);
    if (!job.getString("status", "").equals("running")) {
      throw new Broken("status running in hello.jobs", job.toString());
    }
  }

  private void survivesBase() throws Exception {
    PlayedServer before = agent.withRepository(Speech.BASE);
    String jobId = agent.startEndless(before);
    PlayedServer after = agent.newConnection(Speech.BASE);
    after.talk().send(new CommandCancel(jobId));
    Frame end = after.end(jobId, JOB_LIMIT);
    if (!end.text("status").equals("cancelled")) {
      throw new Broken("job.finished with status cancelled", end.toString());
    }
  }
}
