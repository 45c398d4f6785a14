package org.resticmanager.conformance.agent;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.NotChecked;
import org.resticmanager.conformance.socket.Door;
import org.resticmanager.conformance.socket.Visitor;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Observed;
import org.resticmanager.conformance.wire.Patience;
import org.resticmanager.conformance.wire.Talk;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Schedule;
import org.resticmanager.protocol.wire.ScheduleSet;

/** The agent that is tried, as its control plane sees it: at most one connection at a time. */
final class Agent {

  /** The longest pause between two tries, 60 s, and some for connecting. */
  static final Duration COMES_BACK_WITHIN = Duration.ofSeconds(75);

  static final int HEARTBEAT_SECONDS = 30;

  private static final Duration JOB_LIMIT = Duration.ofSeconds(120);

  private final Door door;
  private final String token;
  private final Optional<Starter> starter;
  private final Map<String, String> environment;
  private final Duration firstWait;
  private final Observed observed;
  private final Patience patience;
  private final Workbench workbench;
  private PlayedServer current;
  private Optional<Starter.Running> running = Optional.empty();
  private long version = Instant.now().getEpochSecond();
  private boolean repositoryMade;

  /**
   * @param token what the agent must authenticate with
   * @param environment for the starter
   * @param firstWait how long to wait for an agent that somebody else starts
   */
  Agent(
      Door door,
      String token,
      Optional<Starter> starter,
      Map<String, String> environment,
      Duration firstWait,
      Observed observed,
      Patience patience,
      Workbench workbench) {
    this.door = door;
    this.token = token;
    this.starter = starter;
    this.environment = Map.copyOf(environment);
    this.firstWait = firstWait;
    this.observed = observed;
    this.patience = patience;
    this.workbench = workbench;
  }

  Door door() {
    return door;
  }

  String token() {
    return token;
  }

  Patience patience() {
    return patience;
  }

  Workbench workbench() {
    return workbench;
  }

  Optional<Starter.Running> running() {
    return running;
  }

  void end() throws InterruptedException {
    if (running.isPresent()) {
      running.get().end();
    }
  }

  // --- connections ---

  /** A connection with this speech: the current one if it will do, else a new one. */
  PlayedServer connection(Speech speech) throws IOException, InterruptedException {
    if (current != null && current.open() && current.speech() == speech) {
      current.talk().hearOut();
    }
    if (current != null && current.open() && current.speech() == speech) {
      current.talk().forgetPending();
      return current;
    }
    return newConnection(speech);
  }

  /** The agent cut off, and back. */
  PlayedServer newConnection(Speech speech) throws IOException, InterruptedException {
    cut();
    return comesBack(speech, COMES_BACK_WITHIN);
  }

  /** Cuts the current connection. */
  void cut() throws IOException {
    if (current != null && current.open()) {
      current.talk().socket().cut();
    }
  }

  /** The next connection, greeted and with the repository known. */
  PlayedServer comesBack(Speech speech, Duration limit) throws IOException, InterruptedException {
    PlayedServer server = visit(speech, limit);
    if (speech == Speech.EXTENDED && server.hello().texts("features").isEmpty()) {
      throw new NotChecked("the agent names no features: it speaks the base protocol");
    }
    server.greet(HEARTBEAT_SECONDS, workbench.connection(), schedules(List.of()));
    server.talk().await(frame -> frame.type().equals("schedule.ack"), patience.answer());
    return server;
  }

  /** The next connection, on which only hello was heard. */
  PlayedServer visit(Speech speech, Duration limit) throws IOException, InterruptedException {
    PlayedServer server = upgraded(speech, limit);
    server.hearHello();
    return server;
  }

  /** The next connection, on which nothing was heard. */
  PlayedServer upgraded(Speech speech, Duration limit) throws IOException, InterruptedException {
    boolean first = current == null;
    ensureStarted();
    Duration wait =
        first && starter.isEmpty() && firstWait.compareTo(limit) > 0 ? firstWait : limit;
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      Optional<Visitor> visitor = left.isNegative() ? Optional.empty() : door.next(left);
      if (visitor.isEmpty()) {
        throw new Broken(
            "the agent to connect within " + wait.toSeconds() + " s",
            running.filter(process -> !process.alive()).isPresent()
                ? "its process has ended"
                : "nobody came");
      }
      // one who came and went while nobody looked does not count
      if (visitor.get().socket().isPresent() && visitor.get().socket().get().isOpen()) {
        current =
            new PlayedServer(
                visitor.get(), new Talk(visitor.get().socket().get(), observed, patience), speech);
        return current;
      }
    }
  }

  private void ensureStarted() throws IOException {
    if (starter.isPresent() && running.filter(Starter.Running::alive).isEmpty()) {
      running = Optional.of(starter.get().start(environment));
    }
  }

  // --- what a control plane says ---

  /** A list of schedules with a version above all before. */
  ScheduleSet schedules(List<Schedule> schedules) {
    version++;
    return new ScheduleSet(version, schedules);
  }

  long lastVersion() {
    return version;
  }

  /** A connection on which a repository is known and made. */
  PlayedServer withRepository(Speech speech) throws IOException, InterruptedException {
    PlayedServer server = connection(speech);
    if (!repositoryMade) {
      CommandRun init = workbench.init();
      server.accepted(init);
      Frame end = server.end(init.jobId(), JOB_LIMIT);
      if (!end.text("status").equals("succeeded")) {
        throw new Broken("init to succeed", end.toString());
      }
      repositoryMade = true;
    }
    return server;
  }

  /** A check has made the repository itself. */
  void repositoryIsMade() {
    repositoryMade = true;
  }

  /** Runs a job to its end. */
  Frame run(PlayedServer server, CommandRun command) throws IOException, InterruptedException {
    server.accepted(command);
    return server.end(command.jobId(), JOB_LIMIT);
  }

  void succeeds(PlayedServer server, CommandRun command) throws IOException, InterruptedException {
    Frame end = run(server, command);
    if (!end.text("status").equals("succeeded") || end.number("exit_code") != 0) {
      throw new Broken(
          "a " + command.kind().wireName() + " that succeeds with exit code 0", end.toString());
    }
  }

  /** Starts a backup that does not end by itself, and waits until it has begun to read. */
  String startEndless(PlayedServer server) throws IOException, InterruptedException {
    CommandRun command = workbench.endlessBackup();
    server.accepted(command);
    server.talk().expect("job.started", command.jobId());
    server
        .talk()
        .expect(
            "job.progress of the running job",
            frame -> frame.isOf("job.progress", command.jobId()),
            Duration.ofSeconds(30));
    return command.jobId();
  }

  void need(PlayedServer server, String feature) {
    if (!server.named(feature)) {
      throw new NotChecked("the agent does not name the feature " + feature);
    }
  }

  /** A connection on which lines are confirmed. */
  PlayedServer confirming() throws IOException, InterruptedException {
    PlayedServer server = withRepository(Speech.EXTENDED);
    need(server, Feature.ACK);
    return server;
  }
}
