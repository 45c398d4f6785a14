package org.resticmanager.conformance.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Talk;
import org.resticmanager.protocol.wire.CommandResult;

/** Section 2: jobs, from the command to the end, and their cancelling. */
final class JobChecks {

  /** A command that nobody answered may be missed by the server only after its own limit (30 s). */
  private static final Duration UNANSWERED_LIMIT = Duration.ofSeconds(60);

  private final ControlPlane server;
  private final Operator operator;

  JobChecks(ControlPlane server, Operator operator) {
    this.server = server;
    this.operator = operator;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "2",
            "command-run",
            "a backup comes as command.run with id, job_id, kind, includes and tag",
            this::commandIsWellFormed),
        Check.of(
            "2",
            "job-life-base",
            "the messages of a whole backup are taken from an agent of the base protocol",
            () -> wholeLife(Greeting.base())),
        Check.of(
            "2",
            "job-life",
            "the messages of a whole backup are taken from an agent with extensions",
            () -> wholeLife(Greeting.full())),
        Check.of(
            "2", "job-failed", "a failed end is recorded as failed", () -> endsAs("failed", 1)),
        Check.of(
            "2",
            "job-cancelled",
            "a cancelled end is recorded as cancelled",
            () -> endsAs("cancelled", 130)),
        Check.of(
            "2",
            "command-refused",
            "command.result with accepted=false is taken without an error",
            this::refusal),
        Check.of(
            "2",
            "command-unanswered",
            "a command.run that nobody answered comes again on the next connection",
            this::unanswered),
        Check.of(
            "2",
            "cancel",
            "a cancelled job gets command.cancel, and ends as cancelled",
            this::cancel),
        Check.of(
            "5",
            "finished-repeated",
            "job.finished that repeats what is known is no error and changes nothing",
            () -> afterTheEnd("succeeded", 0, true)),
        Check.of(
            "5",
            "finished-contradicted",
            "a second end that contradicts the first changes nothing",
            () -> afterTheEnd("failed", 1, false)),
        Check.of(
            "5",
            "late-messages",
            "job.started, job.progress and log.stream after the end change nothing",
            this::lateMessages));
  }

  /** Has the operator queue a backup, and waits for its command. */
  static PlayedJob newJob(Operator operator, PlayedAgent agent) throws InterruptedException {
    operator.run();
    return agent.nextJob();
  }

  private void commandIsWellFormed() throws Exception {
    operator.need("run");
    try (PlayedAgent agent = server.settled(Greeting.base())) {
      PlayedJob job = newJob(operator, agent);
      Frame command = job.command();
      boolean complete =
          command.id().isPresent()
              && !job.id().isEmpty()
              && command.text("kind").equals("backup")
              && !command.texts("includes").isEmpty()
              && !command.text("tag").isEmpty();
      if (!complete) {
        throw new Broken(
            "id, job_id, kind backup, includes and tag in command.run", command.toString());
      }
      job.accept();
      job.start();
      job.finish("succeeded", 0);
    }
  }

  private void wholeLife(Greeting greeting) throws Exception {
    operator.need("run");
    try (PlayedAgent agent = server.settled(greeting)) {
      Talk talk = agent.talk();
      PlayedJob job = newJob(operator, agent);
      job.accept();
      job.start();
      job.progress(0);
      job.line(1, "one");
      job.line(2, "two");
      job.progress(0.5);
      talk.expectTaken("accepting, starting and telling of a job");
      statusIs(job, Set.of("running"));
      job.progress(1);
      job.line(3, "{\"message_type\":\"summary\"}");
      job.stats();
      job.snapshots();
      job.finish("succeeded", 0);
      talk.expectTaken("the end of a job");
      statusIs(job, Set.of("succeeded"));
      talk.expectNone("second command.run of the same job", f -> f.isOf("command.run", job.id()));
    }
  }

  private void statusIs(PlayedJob job, Set<String> expected) throws InterruptedException {
    if (!operator.can("status")) {
      return;
    }
    Status.await(operator, job.id(), expected, server.patience().answer());
  }

  private void endsAs(String status, int exitCode) throws Exception {
    operator.need("run");
    operator.need("status");
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      PlayedJob job = newJob(operator, agent);
      job.accept();
      job.start();
      job.finish(status, exitCode);
      agent.talk().expectTaken("job.finished with " + status);
      statusIs(job, Set.of(status));
    }
  }

  private void refusal() throws Exception {
    operator.need("run");
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      PlayedJob job = newJob(operator, agent);
      agent
          .talk()
          .send(
              new CommandResult(job.id(), false, "the conformance kit does not want to"),
              job.command().id());
      agent.talk().expectTaken("a refusal");
    }
  }

  private void unanswered() throws Exception {
    operator.need("run");
    String jobId;
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      jobId = newJob(operator, agent).id();
      agent.talk().socket().cut();
    }
    try (PlayedAgent agent = server.connect()) {
      agent.say(Greeting.full());
      PlayedJob again = agent.nextJob(UNANSWERED_LIMIT);
      if (!again.id().equals(jobId)) {
        throw new Broken("command.run of the same job", "another came: " + again.command());
      }
      again.accept();
      again.start();
      again.finish("succeeded", 0);
      agent.talk().expectTaken("the end of the job");
    }
  }

  private void cancel() throws Exception {
    operator.need("run");
    operator.need("cancel");
    try (PlayedAgent agent = server.settled(Greeting.base())) {
      PlayedJob job = newJob(operator, agent);
      job.accept();
      job.start();
      // so that the server knows that it runs when the operator comes
      agent.talk().expectTaken("starting a job");
      operator.call("cancel", Map.of("RM_JOB_ID", job.id()));
      agent.talk().expect("command.cancel", job.id());
      job.finish("cancelled", 130);
      agent.talk().expectTaken("the end of a cancelled job");
      statusIs(job, Set.of("cancelled"));
    }
  }

  private void afterTheEnd(String status, int exitCode, boolean repeats) throws Exception {
    operator.need("run");
    if (!repeats) {
      operator.need("status");
    }
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      PlayedJob job = newJob(operator, agent);
      job.accept();
      job.start();
      job.finish("succeeded", 0);
      agent.talk().expectTaken("the end of a job");
      statusIs(job, Set.of("succeeded"));
      job.finish(status, exitCode);
      if (repeats) {
        agent.talk().expectTaken("the same end again");
      } else {
        agent.talk().listen(server.patience().quiet());
        agent.talk().expectOpen("a second, other end");
      }
      statusIs(job, Set.of("succeeded"));
    }
  }

  private void lateMessages() throws Exception {
    operator.need("run");
    operator.need("status");
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      PlayedJob job = newJob(operator, agent);
      job.accept();
      job.start();
      job.finish("succeeded", 0);
      statusIs(job, Set.of("succeeded"));
      job.start();
      job.progress(0.25);
      job.line(1, "late");
      agent.talk().listen(server.patience().quiet());
      agent.talk().expectOpen("messages after the end");
      statusIs(job, Set.of("succeeded"));
    }
  }
}
