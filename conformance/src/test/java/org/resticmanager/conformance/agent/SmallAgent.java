package org.resticmanager.conformance.agent;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.conformance.socket.Arrival;
import org.resticmanager.conformance.socket.Upgrade;
import org.resticmanager.conformance.socket.WireSocket;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.FrameRules;
import org.resticmanager.protocol.wire.CommandCancel;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.EventAck;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Heartbeat;
import org.resticmanager.protocol.wire.HeldJob;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;
import org.resticmanager.protocol.wire.Message;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.protocol.wire.ScheduleSet;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.Welcome;
import org.resticmanager.protocol.wire.WireCodec;
import org.resticmanager.protocol.wire.WireError;

/**
 * The smallest agent that does what the kit asks, with a restic that it makes up; with faults, one
 * that does not.
 */
final class SmallAgent implements Starter.Running, Runnable {

  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration PROGRESS_PAUSE = Duration.ofMillis(100);
  private static final int TOO_OLD = 4000;

  private final WireCodec codec = new WireCodec();
  private final Set<AgentFault> faults;
  private final URI server;
  private final String token;
  private final Thread thread = new Thread(this, "small agent");
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private String repository = "";
  private String password = "";
  private String rightPassword = "";
  private volatile boolean stopping;

  private static final class Job {
    final CommandRun command;
    final List<String> lines = new ArrayList<>();
    String finished;
    JobStatus status = JobStatus.RUNNING;
    boolean confirmed;

    Job(CommandRun command) {
      this.command = command;
    }
  }

  private SmallAgent(URI server, String token, Set<AgentFault> faults) {
    this.server = server;
    this.token = token;
    this.faults = faults;
    thread.setDaemon(true);
  }

  /** Starts one with these faults whenever it is asked to. */
  static Starter with(AgentFault... faults) {
    return environment -> {
      SmallAgent agent =
          new SmallAgent(
              URI.create(environment.get("RM_SERVER_URL")),
              Files.readString(Path.of(environment.get("RM_AGENT_TOKEN_FILE"))).strip(),
              Set.of(faults));
      agent.thread.start();
      return agent;
    };
  }

  private boolean has(AgentFault fault) {
    return faults.contains(fault);
  }

  @Override
  public boolean alive() {
    return thread.isAlive();
  }

  @Override
  public void end() throws InterruptedException {
    stopping = true;
    thread.join();
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        Optional<String> bearer = has(AgentFault.NO_TOKEN) ? Optional.empty() : Optional.of(token);
        if (Upgrade.ask(server, bearer) instanceof Upgrade.Answer.Upgraded upgraded) {
          new Connection(upgraded.socket()).talk();
        }
        Thread.sleep(TICK.toMillis());
      } catch (IOException e) {
        // cut off: that is what the kit does; the next try is on its way
        continue;
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private final class Connection {

    private final WireSocket socket;
    private Set<String> features = Set.of();
    private boolean begun;
    private long heartbeatNanos = Duration.ofSeconds(30).toNanos();
    private long heartbeatAt = System.nanoTime() + heartbeatNanos;
    private long progressAt = System.nanoTime();

    Connection(WireSocket socket) {
      this.socket = socket;
    }

    private void say(Message message) throws IOException {
      socket.sendText(codec.encode(message));
    }

    void talk() throws IOException, InterruptedException {
      if (has(AgentFault.BEGINS_WITH_HEARTBEAT)) {
        say(new Heartbeat(Instant.now()));
      }
      hello();
      while (!stopping) {
        Optional<Arrival> arrival = socket.next(TICK);
        if (arrival.isPresent() && arrival.get() instanceof Arrival.Closed closed) {
          left(closed.code());
          return;
        }
        if (arrival.isPresent() && arrival.get() instanceof Arrival.Text text) {
          take(text);
        } else if (arrival.isPresent()
            && arrival.get() instanceof Arrival.Binary
            && !has(AgentFault.TAKES_BINARY)) {
          socket.sendClose(1003, "text only");
        }
        tick();
      }
      socket.close();
    }

    private void left(int code) throws InterruptedException {
      if (code != TOO_OLD || has(AgentFault.COMES_BACK_TOO_OLD)) {
        return;
      }
      while (has(AgentFault.STAYS_TOO_OLD) && !stopping) {
        Thread.sleep(TICK.toMillis());
      }
      stopping = true;
    }

    private void hello() throws IOException {
      List<HeldJob> held = new ArrayList<>();
      jobs.forEach(
          (id, job) -> {
            if (!job.confirmed && !has(AgentFault.HOLDS_NOTHING)) {
              held.add(
                  new HeldJob(
                      id,
                      has(AgentFault.HOLDS_AS_QUEUED) ? JobStatus.QUEUED : job.status,
                      job.lines.size()));
            }
          });
      say(
          new Hello(
              1,
              "small",
              "0.18.0",
              "small",
              has(AgentFault.HELLO_WITHOUT_OS) ? "plan9" : "linux",
              "amd64",
              null,
              List.of(Feature.ACK, Feature.RESUME),
              "",
              held));
      if (has(AgentFault.WRITES_NULL)) {
        socket.sendText(
            "{\"type\":\"error\",\"payload\":{\"code\":\"x\",\"message\":\"x\",\"help_url\":null}}");
      }
    }

    private void tick() throws IOException {
      long now = System.nanoTime();
      if (now > heartbeatAt) {
        say(new Heartbeat(Instant.now()));
        heartbeatAt = now + heartbeatNanos;
      }
      if (begun && now > progressAt) {
        progressAt = now + PROGRESS_PAUSE.toNanos();
        for (Job job : jobs.values()) {
          if (job.finished == null) {
            say(progress(job, 0.1));
          }
        }
      }
    }

    private JobProgress progress(Job job, double done) {
      return new JobProgress(job.command.jobId(), done, 1, 2, 100, 200, 3, 1000);
    }

    private void take(Arrival.Text text) throws IOException {
      if (text.sizeBytes() > FrameRules.LARGEST_FRAME_BYTES && !has(AgentFault.TAKES_ANY_SIZE)) {
        socket.sendClose(1009, "too large");
        return;
      }
      Decoded decoded = codec.decodeFromServer(text.text());
      if (decoded instanceof Decoded.Understood understood) {
        take(understood.message(), understood.id(), text.text());
      } else if (decoded instanceof Decoded.UnknownType) {
        say(new WireError("unknown_type", "unknown", null));
      } else {
        malformed(Frame.of(text.text()));
      }
      if (!begun) {
        begun = true;
        repeat();
      }
    }

    private void malformed(Frame frame) throws IOException {
      if (has(AgentFault.ACCEPTS_EMPTY_POLICY) && frame.text("kind").equals("forget")) {
        socket.sendText(
            codec.encode(new CommandResult(frame.text("job_id"), true, ""), frame.id()));
      } else if (has(AgentFault.CLOSES_ON_BAD_INPUT)) {
        socket.sendClose(1008, "bad");
      } else if (!has(AgentFault.IGNORES_BAD_INPUT)) {
        say(new WireError("malformed", "no", null));
      }
    }

    private void take(Message message, Optional<String> id, String raw) throws IOException {
      if (message instanceof Welcome welcome) {
        features = Set.copyOf(welcome.features());
        if (!has(AgentFault.IGNORES_HEARTBEAT_SECONDS)) {
          heartbeatNanos = Duration.ofSeconds(welcome.heartbeatSeconds()).toNanos();
          heartbeatAt = System.nanoTime() + heartbeatNanos;
        }
      } else if (message instanceof ConfigUpdate config) {
        configure(config);
      } else if (message instanceof ScheduleSet set) {
        schedules(set, raw);
      } else if (message instanceof CommandRun command) {
        accept(command, id);
      } else if (message instanceof CommandCancel cancel) {
        Job job = jobs.get(cancel.jobId());
        if (job != null && job.finished == null) {
          finish(
              job,
              has(AgentFault.CANCELS_AS_FAILED) ? JobStatus.FAILED : JobStatus.CANCELLED,
              130,
              "cancelled");
        }
      } else if (message instanceof EventAck ack && ack.finished()) {
        Job job = jobs.get(ack.jobId());
        job.confirmed = !has(AgentFault.REPEATS_THE_CONFIRMED);
      }
    }

    private void configure(ConfigUpdate config) {
      if (config.repoUrl() != null) {
        repository = config.repoUrl();
      }
      boolean keep = has(AgentFault.KEEPS_FIRST_PASSWORD) && !password.isEmpty();
      if (config.repoPassword() != null && !keep) {
        password = config.repoPassword();
      } else if (has(AgentFault.FORGETS_ABSENT_FIELDS)) {
        password = "";
      }
    }

    private void schedules(ScheduleSet set, String raw) throws IOException {
      boolean bad = set.schedules().stream().anyMatch(s -> s.cronExpr().contains("noon"));
      if (bad && has(AgentFault.LEAVES_ON_BAD_CRON)) {
        socket.cut();
      } else if (!has(AgentFault.NEVER_ACKS_SCHEDULES)
          && !(raw.contains("null") && has(AgentFault.CHOKES_ON_NULL))) {
        long version = has(AgentFault.ACKS_OTHER_VERSION) ? 1 : set.version();
        say(new ScheduleAck(version, Instant.now()));
      }
    }

    private void accept(CommandRun command, Optional<String> id) throws IOException {
      socket.sendText(
          codec.encode(
              new CommandResult(command.jobId(), true, ""),
              has(AgentFault.RESULT_WITHOUT_ID) ? Optional.of("another") : id));
      if (!jobs.containsKey(command.jobId()) || has(AgentFault.RUNS_AGAIN)) {
        Job job = new Job(command);
        jobs.put(command.jobId(), job);
        say(new JobStarted(command.jobId(), command.kind(), Instant.now()));
        run(job);
      }
    }

    private void run(Job job) throws IOException {
      Path source = Path.of(job.command.includes().stream().findFirst().orElse("/"));
      if (job.command.kind() == JobKind.INIT) {
        rightPassword = password;
        if (!has(AgentFault.MAKES_NO_REPOSITORY)) {
          Files.createDirectories(Path.of(repository));
          Files.writeString(Path.of(repository).resolve("config"), "made up");
        }
        finish(job, JobStatus.SUCCEEDED, 0, "");
      } else if (has(AgentFault.SUCCEEDS_ALWAYS)) {
        finish(job, JobStatus.SUCCEEDED, 0, "");
      } else if (!Files.exists(source) || !password.equals(rightPassword)) {
        finish(job, JobStatus.FAILED, 1, "it cannot be read");
      } else if (source.endsWith("endless")) {
        say(progress(job, 0));
      } else {
        backUp(job);
      }
    }

    private void backUp(Job job) throws IOException {
      if (has(AgentFault.FINISHES_TOO_EARLY)) {
        finish(job, JobStatus.SUCCEEDED, 0, "");
      }
      say(progress(job, 1));
      line(job, has(AgentFault.TELLS_THE_PASSWORD) ? "the password is " + password : "one");
      line(job, "two");
      say(new RepoStats(200L, 100L, 2L, 1L, null, "", false, null, null));
      say(
          has(AgentFault.SPEAKS_PARTS_UNASKED)
              ? new SnapshotsReport(List.of(snapshot(job)), 1, 2)
              : SnapshotsReport.whole(
                  has(AgentFault.TELLS_NO_SNAPSHOT) ? List.of() : List.of(snapshot(job))));
      if (!has(AgentFault.FINISHES_TOO_EARLY)) {
        finish(job, JobStatus.SUCCEEDED, 0, "");
      }
    }

    private Snapshot snapshot(Job job) {
      return new Snapshot(
          "c0".repeat(32),
          "c0c0c0c0",
          OffsetDateTime.now(ZoneOffset.UTC),
          "small",
          job.command.includes(),
          List.of(job.command.tag()),
          200,
          2);
    }

    private void line(Job job, String text) throws IOException {
      long seq = job.lines.size() + (has(AgentFault.STARTS_NOT_AT_ONE) ? 2L : 1L);
      String frame =
          codec.encode(
              new LogStream(job.command.jobId(), seq, Instant.now(), LogStreamName.STDOUT, text));
      job.lines.add(frame);
      socket.sendText(frame);
    }

    private void finish(Job job, JobStatus status, int exitCode, String error) throws IOException {
      job.status = status;
      job.finished =
          codec.encode(
              new JobFinished(
                  job.command.jobId(),
                  status,
                  exitCode,
                  Instant.now(),
                  status == JobStatus.SUCCEEDED ? JsonValue.EMPTY_JSON_OBJECT : null,
                  error));
      socket.sendText(job.finished);
      job.confirmed = !features.contains(Feature.ACK);
    }

    /** Says again what nobody has confirmed. */
    private void repeat() throws IOException {
      for (Job job : jobs.values()) {
        if (job.confirmed || job.finished == null || has(AgentFault.SENDS_NOTHING_AGAIN)) {
          continue;
        }
        for (String line : job.lines) {
          socket.sendText(
              has(AgentFault.NUMBERS_AGAIN) ? line.replace("\"seq\":", "\"seq\":1") : line);
        }
        socket.sendText(job.finished);
        job.confirmed = !features.contains(Feature.ACK);
      }
    }
  }
}
