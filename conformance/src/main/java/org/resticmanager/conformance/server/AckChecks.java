package org.resticmanager.conformance.server;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.check.NotChecked;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Talk;
import org.resticmanager.protocol.wire.Feature;

/** Section 4, {@code ack}: what is confirmed, when, and to whom. */
final class AckChecks {

  private static final int LONG_LINE_CHARACTERS = 200 * 1024;
  private static final int LONGEST_LINE_BYTES = 64 * 1024;

  /** For the mark that says that a line was cut. */
  private static final int MARK_BYTES = 200;

  private final ControlPlane server;
  private final Operator operator;

  AckChecks(ControlPlane server, Operator operator) {
    this.server = server;
    this.operator = operator;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "4 ack", "ack-lines", "lines are confirmed up to the last one that came", this::lines),
        Check.of(
            "4 ack",
            "ack-contiguous",
            "a line is not confirmed while one before it is missing",
            this::gap),
        Check.of(
            "4 ack",
            "ack-repeated",
            "repeated and reordered lines are confirmed again, and stored once, in order",
            this::repeated),
        Check.of(
            "4 log_lines",
            "log-lines",
            "several lines in one message are stored and confirmed as if each came alone",
            this::together),
        Check.of(
            "4 ack",
            "ack-finished",
            "the end is confirmed with finished=true, after it was told and not before",
            this::finished),
        Check.of(
            "4 ack",
            "ack-finished-again",
            "an end that is told again is confirmed again: the first confirmation may be lost",
            this::finishedAgain),
        Check.of(
            "4 ack",
            "ack-not-named",
            "who did not name ack gets no event.ack",
            () -> silent(Greeting.speaking(List.of(Feature.RESUME)))),
        Check.of(
            "4 ack",
            "ack-base",
            "an agent of the base protocol gets no event.ack",
            () -> silent(Greeting.base())),
        Check.of(
            "5",
            "line-long",
            "a line of 200 KiB is taken, confirmed, and cut to 64 KiB and a mark",
            this::longLine),
        Check.of(
            "5",
            "line-surrogate",
            "a line with half a surrogate pair (\\ud800) is taken and confirmed",
            () -> odd("before \\ud800 after")),
        Check.of(
            "5",
            "line-nul",
            "a line with NUL and other control characters is taken and confirmed",
            () -> odd("before \\u0000\\u001b[2K\\u0007 after")),
        Check.of(
            "1",
            "line-escaped",
            "a line with <, > and & escaped as Go does is the line that was meant",
            this::escaped));
  }

  private interface Trial {
    void run(Talk talk, PlayedJob job) throws Exception;
  }

  /** With a job that is running on an agent that named {@code ack}, and ended afterwards. */
  private void running(Trial trial) throws Exception {
    operator.need("run");
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      PlayedJob job = JobChecks.newJob(operator, agent);
      job.accept();
      job.start();
      trial.run(agent.talk(), job);
      job.finish("succeeded", 0);
      agent.talk().listen(server.patience().quiet());
    }
  }

  private static Frame ackUpTo(long seq, Talk talk, PlayedJob job) throws InterruptedException {
    return talk.expect(
        "event.ack with seq " + seq,
        frame -> frame.isOf("event.ack", job.id()) && frame.number("seq") >= seq);
  }

  private void lines() throws Exception {
    running(
        (talk, job) -> {
          for (long seq = 1; seq <= 50; seq++) {
            job.line(seq, "line " + seq);
          }
          Frame ack = ackUpTo(50, talk, job);
          if (ack.number("seq") > 50) {
            throw new Broken("no confirmation beyond the last line, 50", ack.toString());
          }
        });
  }

  private void gap() throws Exception {
    running(
        (talk, job) -> {
          job.line(1, "one");
          job.line(2, "two");
          job.line(4, "four");
          talk.expectNone(
              "confirmation beyond line 2 while line 3 is missing",
              frame -> frame.isOf("event.ack", job.id()) && frame.number("seq") > 2);
          ackUpTo(2, talk, job);
          job.line(3, "three");
          ackUpTo(4, talk, job);
        });
  }

  private void repeated() throws Exception {
    running(
        (talk, job) -> {
          job.line(1, "line 1");
          job.line(2, "line 2");
          ackUpTo(2, talk, job);
          job.line(3, "line 3");
          job.line(2, "line 2");
          job.line(1, "line 1");
          job.line(5, "line 5");
          job.line(4, "line 4");
          job.line(5, "line 5");
          ackUpTo(5, talk, job);
          talk.expectTaken("repeated and reordered lines");
          logIs(job, List.of("line 1", "line 2", "line 3", "line 4", "line 5"));
        });
  }

  private void together() throws Exception {
    operator.need("run");
    List<String> features = List.of(Feature.ACK, Feature.LOG_LINES);
    try (PlayedAgent agent = server.settled(Greeting.speaking(features))) {
      Talk talk = agent.talk();
      if (!talk.features().contains(Feature.LOG_LINES)) {
        throw new NotChecked("welcome does not name the feature log_lines");
      }
      PlayedJob job = JobChecks.newJob(operator, agent);
      job.accept();
      job.start();
      job.line(1, "line 1");
      job.lines(2, "line 2", "line 3", "line 4");
      ackUpTo(4, talk, job);
      job.lines(4, "line 4", "line 5");
      ackUpTo(5, talk, job);
      talk.expectTaken("several lines in one message");
      logIs(job, List.of("line 1", "line 2", "line 3", "line 4", "line 5"));
      job.finish("succeeded", 0);
      talk.listen(server.patience().quiet());
    }
  }

  private void logIs(PlayedJob job, List<String> expected) throws InterruptedException {
    if (!operator.can("log")) {
      return;
    }
    List<String> log =
        operator.call("log", Map.of("RM_JOB_ID", job.id())).lines().collect(Collectors.toList());
    if (!log.equals(expected)) {
      throw new Broken("the log to be " + expected, "it is " + log);
    }
  }

  private void finished() throws Exception {
    operator.need("run");
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      Talk talk = agent.talk();
      PlayedJob job = JobChecks.newJob(operator, agent);
      job.accept();
      job.start();
      job.line(1, "one");
      job.line(2, "two");
      ackUpTo(2, talk, job);
      if (talk.heard().stream()
          .anyMatch(frame -> frame.isOf("event.ack", job.id()) && frame.isTrue("finished"))) {
        throw new Broken("no finished=true before the end", "there was one");
      }
      job.finish("succeeded", 0);
      Frame ack = finishedAck(talk, job);
      if (ack.number("seq") != 2) {
        throw new Broken("seq 2 with finished=true, since there are two lines", ack.toString());
      }
    }
  }

  private static Frame finishedAck(Talk talk, PlayedJob job) throws InterruptedException {
    return talk.expect(
        "event.ack with finished=true",
        frame -> frame.isOf("event.ack", job.id()) && frame.isTrue("finished"));
  }

  private void finishedAgain() throws Exception {
    operator.need("run");
    PlayedJob job;
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      job = JobChecks.newJob(operator, agent);
      job.accept();
      job.start();
      job.line(1, "one");
      job.finish("succeeded", 0);
      finishedAck(agent.talk(), job);
      job.line(1, "one");
      job.finish("succeeded", 0);
      finishedAck(agent.talk(), job);
    }
    try (PlayedAgent agent = server.connect()) {
      agent.say(Greeting.full().holding(job.id(), "succeeded", 1));
      PlayedJob again = job.on(agent.talk());
      again.line(1, "one");
      again.finish("succeeded", 0);
      finishedAck(agent.talk(), again);
      agent.talk().expectTaken("an end told again on another connection");
    }
  }

  private void silent(Greeting greeting) throws Exception {
    operator.need("run");
    try (PlayedAgent agent = server.settled(greeting)) {
      PlayedJob job = JobChecks.newJob(operator, agent);
      job.accept();
      job.start();
      job.line(1, "one");
      job.finish("succeeded", 0);
      agent.talk().expectNone("event.ack", frame -> frame.type().equals("event.ack"));
    }
  }

  private void longLine() throws Exception {
    running(
        (talk, job) -> {
          job.line(1, "x".repeat(LONG_LINE_CHARACTERS));
          job.line(2, "next");
          ackUpTo(2, talk, job);
          talk.expectTaken("a line of 200 KiB");
          if (operator.can("log")) {
            int longest =
                operator
                    .call("log", Map.of("RM_JOB_ID", job.id()))
                    .lines()
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            if (longest > LONGEST_LINE_BYTES + MARK_BYTES) {
              throw new Broken("the line cut to 64 KiB", "it has " + longest + " characters");
            }
          }
        });
  }

  /** Sends a line whose text is this JSON. */
  private static void rawLine(Talk talk, PlayedJob job, long seq, String json) throws IOException {
    talk.sendRaw(
        "{\"type\":\"log.stream\",\"payload\":{\"job_id\":\""
            + job.id()
            + "\",\"seq\":"
            + seq
            + ",\"ts\":\"2026-01-01T00:00:00Z\",\"stream\":\"stdout\",\"payload\":\""
            + json
            + "\"}}");
  }

  private void odd(String json) throws Exception {
    running(
        (talk, job) -> {
          rawLine(talk, job, 1, json);
          job.line(2, "next");
          ackUpTo(2, talk, job);
          talk.expectTaken("such a line");
        });
  }

  private void escaped() throws Exception {
    running(
        (talk, job) -> {
          rawLine(talk, job, 1, "\\u003ca\\u003e \\u0026 \\u00e9");
          ackUpTo(1, talk, job);
          logIs(job, List.of("<a> & é"));
        });
  }
}
