package org.resticmanager.conformance.server;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Talk;

/** One connection on which the kit is the agent. */
final class PlayedAgent implements Closeable {

  private final Talk talk;

  PlayedAgent(Talk talk) {
    this.talk = talk;
  }

  Talk talk() {
    return talk;
  }

  /** Says hello and hears the answer, up to the schedules. */
  void say(Greeting greeting) throws IOException, InterruptedException {
    hello(greeting);
    // a check of its own insists on it
    Optional<Frame> schedules =
        talk.await(frame -> frame.type().equals("schedule.set"), talk.patience().answer());
    if (schedules.isEmpty() && talk.end().isPresent()) {
      throw new Broken("an answer to hello", talk.end().get().toString());
    }
  }

  /** Says hello. */
  void hello(Greeting greeting) throws IOException {
    talk.weSpeak(greeting.named());
    talk.sendRaw(greeting.frame().toString());
  }

  /** Does all that is queued for this host, with success, until nothing more is asked. */
  void workOff() throws IOException, InterruptedException {
    Optional<Frame> command = anyCommand();
    while (command.isPresent()) {
      PlayedJob job = new PlayedJob(talk, command.get());
      job.accept();
      job.start();
      job.finish("succeeded", 0);
      command = anyCommand();
    }
  }

  private Optional<Frame> anyCommand() throws InterruptedException {
    return talk.await(frame -> frame.type().equals("command.run"), talk.patience().quiet());
  }

  /** The next job that we are asked to run. */
  PlayedJob nextJob() throws InterruptedException {
    return new PlayedJob(talk, talk.expect("command.run"));
  }

  PlayedJob nextJob(Duration limit) throws InterruptedException {
    return new PlayedJob(
        talk, talk.expect("a command.run", frame -> frame.type().equals("command.run"), limit));
  }

  @Override
  public void close() {
    talk.close();
  }
}
