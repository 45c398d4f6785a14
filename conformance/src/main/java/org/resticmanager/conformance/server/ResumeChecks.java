package org.resticmanager.conformance.server;

import java.util.List;
import java.util.Set;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;

/** Section 4, {@code resume}: what becomes of running jobs when the connection is lost. */
final class ResumeChecks {

  private final ControlPlane server;
  private final Operator operator;

  ResumeChecks(ControlPlane server, Operator operator) {
    this.server = server;
    this.operator = operator;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "4 resume",
            "resume-lost",
            "a running job that hello.jobs does not list is failed",
            this::lost),
        Check.of(
            "4 resume",
            "resume-held",
            "a running job that hello.jobs lists goes on, is not sent again, and ends well",
            this::held),
        Check.of(
            "4 resume",
            "resume-ended",
            "a job that ended while the connection was lost gets its end afterwards",
            this::endedMeanwhile),
        Check.of(
            "4 resume",
            "resume-stranger",
            "a job in hello.jobs that the server does not know does no harm",
            this::stranger));
  }

  /** A job that runs on an agent whose connection is then lost. */
  private PlayedJob interrupted() throws Exception {
    operator.need("run");
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      PlayedJob job = JobChecks.newJob(operator, agent);
      job.accept();
      job.start();
      job.line(1, "one");
      agent.talk().expect("event.ack", job.id());
      agent.talk().socket().cut();
      return job;
    }
  }

  private void lost() throws Exception {
    operator.need("status");
    PlayedJob job = interrupted();
    try (PlayedAgent agent = server.connect()) {
      agent.say(Greeting.full());
      Status.await(operator, job.id(), Set.of("failed"), server.patience().answer());
    }
  }

  private void held() throws Exception {
    PlayedJob interrupted = interrupted();
    try (PlayedAgent agent = server.connect()) {
      agent.say(Greeting.full().holding(interrupted.id(), "running", 1));
      PlayedJob job = interrupted.on(agent.talk());
      agent
          .talk()
          .expectNone(
              "second command.run of a job that we hold",
              frame -> frame.isOf("command.run", job.id()));
      if (operator.can("status")) {
        String status = operator.status(job.id());
        if (!status.equals("running")) {
          throw new Broken("the job to be running still", "it is " + status);
        }
      }
      job.line(2, "two");
      end(agent, job);
    }
  }

  private void end(PlayedAgent agent, PlayedJob job) throws Exception {
    job.finish("succeeded", 0);
    agent
        .talk()
        .expect(
            "event.ack with finished=true",
            frame -> frame.isOf("event.ack", job.id()) && frame.isTrue("finished"));
    agent.talk().expectTaken("the end of a resumed job");
    if (operator.can("status")) {
      Status.await(operator, job.id(), Set.of("succeeded"), server.patience().answer());
    }
  }

  private void endedMeanwhile() throws Exception {
    PlayedJob interrupted = interrupted();
    try (PlayedAgent agent = server.connect()) {
      agent.say(Greeting.full().holding(interrupted.id(), "succeeded", 2));
      PlayedJob job = interrupted.on(agent.talk());
      job.line(1, "one");
      job.line(2, "two");
      end(agent, job);
    }
  }

  private void stranger() throws Exception {
    server.settled(Greeting.full()).close();
    try (PlayedAgent agent = server.connect()) {
      agent.hello(Greeting.full().holding("01990000-0000-7000-8000-000000000000", "running", 7));
      agent.talk().expect("schedule.set");
      agent.talk().expectOpen("a hello with a job that nobody knows");
    }
  }
}
