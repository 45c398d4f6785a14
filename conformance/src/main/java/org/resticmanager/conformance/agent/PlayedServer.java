package org.resticmanager.conformance.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.socket.Visitor;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Talk;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.EventAck;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Message;
import org.resticmanager.protocol.wire.ScheduleSet;
import org.resticmanager.protocol.wire.Welcome;

/** One connection on which the kit is the control plane. */
final class PlayedServer {

  static final int PROTOCOL_VERSION = 1;

  /** What the kit, as a control plane, knows to take. */
  private static final Set<String> SPOKEN = Set.of(Feature.ACK, Feature.RESUME, Feature.PARTS);

  private static final Duration HELLO_LIMIT = Duration.ofSeconds(10);

  private final Visitor visitor;
  private final Talk talk;
  private final Speech speech;
  private Frame hello;

  PlayedServer(Visitor visitor, Talk talk, Speech speech) {
    this.visitor = visitor;
    this.talk = talk;
    this.speech = speech;
  }

  Visitor visitor() {
    return visitor;
  }

  Talk talk() {
    return talk;
  }

  Speech speech() {
    return speech;
  }

  /** What the agent said first. */
  Frame hello() {
    return hello;
  }

  boolean open() {
    return talk.socket().isOpen();
  }

  /** Hears hello. Until then nothing is said, so that it is the agent who begins. */
  void hearHello() throws InterruptedException {
    hello = talk.expect("a first frame within 10 s of the upgrade", frame -> true, HELLO_LIMIT);
    if (!hello.type().equals("hello")) {
      throw new Broken("hello as the first frame", hello.toString());
    }
  }

  /** Whether the agent named this extension. */
  boolean named(String feature) {
    return hello.texts("features").contains(feature);
  }

  /** Answers hello. */
  void greet(int heartbeatSeconds, Message... conversation) throws IOException {
    if (speech == Speech.EXTENDED) {
      Set<String> common = new TreeSet<>(hello.texts("features"));
      common.retainAll(SPOKEN);
      talk.agreedOn(common);
      talk.send(
          new Welcome(PROTOCOL_VERSION, "conformance", List.copyOf(common), heartbeatSeconds));
    }
    for (Message message : conversation) {
      talk.send(message);
    }
  }

  /** Sends a list of schedules and waits until the agent has taken it. */
  Frame schedules(ScheduleSet set) throws IOException, InterruptedException {
    talk.send(set);
    return talk.expect("schedule.ack");
  }

  /** Sends a command; its job's id is the envelope's too. */
  void command(CommandRun command) throws IOException {
    talk.send(command, Optional.of(command.jobId()));
  }

  /** Sends a command and waits until the agent has accepted it. */
  void accepted(CommandRun command) throws IOException, InterruptedException {
    command(command);
    Frame result = talk.expect("command.result", command.jobId());
    if (!result.isTrue("accepted")) {
      throw new Broken("command.result with accepted=true", result.toString());
    }
  }

  /** Waits for the end of a job, and confirms it if that was agreed on. */
  Frame end(String jobId, Duration limit) throws IOException, InterruptedException {
    Frame finished = talk.expect("job.finished", frame -> frame.isOf("job.finished", jobId), limit);
    confirm(jobId);
    return finished;
  }

  /** Confirms all that was heard of a job that has ended. */
  void confirm(String jobId) throws IOException {
    if (talk.features().contains(Feature.ACK)) {
      talk.send(new EventAck(jobId, lastSeq(jobId), true));
    }
  }

  long lastSeq(String jobId) {
    return of(jobId).stream()
        .filter(frame -> frame.type().equals("log.stream"))
        .mapToLong(frame -> frame.number("seq"))
        .max()
        .orElse(0);
  }

  /** What was heard of this job on this connection, in order. */
  List<Frame> of(String jobId) {
    return talk.heard().stream().filter(frame -> frame.text("job_id").equals(jobId)).toList();
  }
}
