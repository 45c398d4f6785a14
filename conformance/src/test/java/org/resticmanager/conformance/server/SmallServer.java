package org.resticmanager.conformance.server;

import jakarta.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.resticmanager.conformance.socket.Arrival;
import org.resticmanager.conformance.socket.Door;
import org.resticmanager.conformance.socket.Visitor;
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
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.LogLines;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.Message;
import org.resticmanager.protocol.wire.Schedule;
import org.resticmanager.protocol.wire.ScheduleFire;
import org.resticmanager.protocol.wire.ScheduleSet;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.Welcome;
import org.resticmanager.protocol.wire.WireCodec;
import org.resticmanager.protocol.wire.WireError;

/**
 * The smallest control plane of one host that does what the kit asks, in memory; with faults, one
 * that does not. It lets everybody in.
 */
final class SmallServer implements Closeable {

  private static final Duration FOREVER = Duration.ofHours(1);
  private static final int TOO_MANY = 10;
  private static final int LONGEST_LINE = 64 * 1024;
  private static final String SCHEDULE = "01990000-0000-7000-8000-00000000000a";
  private static final Set<String> SPOKEN =
      Set.of(
          Feature.ACK, Feature.RESUME, Feature.PARTS, Feature.SNAPSHOTS_ADDED, Feature.LOG_LINES);
  private static final String PASSWORD = "the-password-of-the-repository";

  private final WireCodec codec = new WireCodec();
  private final Set<ServerFault> faults;
  private final Door door;
  private final Thread thread = new Thread(this::admitAll, "small server");

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Set<String> fired = new HashSet<>();
  private final Map<Integer, Set<String>> parts = new TreeMap<>();
  private final Set<String> snapshots = new HashSet<>();
  private long version = 1;
  private Connection current;

  private static final class Job {
    final String id = UUID.randomUUID().toString();
    final CommandRun command;
    final Map<Long, String> lines = new TreeMap<>();
    String status = "queued";

    Job(String tag) {
      command =
          CommandRun.of(id, JobKind.BACKUP).includes(List.of("/small/" + tag)).tag(tag).build();
    }

    long contiguous() {
      long seq = 0;
      while (lines.containsKey(seq + 1)) {
        seq++;
      }
      return seq;
    }

    long highest() {
      return lines.keySet().stream().max(Long::compare).orElse(0L);
    }
  }

  SmallServer(ServerFault... faults) throws IOException {
    this.faults = Set.of(faults);
    door = new Door(InetAddress.getLoopbackAddress(), 0, body -> "{}");
    thread.setDaemon(true);
    thread.start();
  }

  URI address() {
    return door.address();
  }

  /** Nobody gets in from now on. */
  void refuseAll() {
    door.answerWith(Door.Answer.UNAUTHORIZED);
  }

  private boolean has(ServerFault fault) {
    return faults.contains(fault);
  }

  /** What an operator can do here. */
  Map<String, Hook> hooks() {
    return Map.of(
        "run", environment -> run("one"),
        "cancel", environment -> cancel(environment.get("RM_JOB_ID")),
        "schedule", environment -> changeSchedule(),
        "status", environment -> status(environment.get("RM_JOB_ID")),
        "log", environment -> log(environment.get("RM_JOB_ID")),
        "snapshots", environment -> countSnapshots());
  }

  private synchronized String run(String group) {
    Job job = new Job(group);
    jobs.put(job.id, job);
    if (current != null && current.socket.isOpen()) {
      try {
        current.dispatch(job);
      } catch (IOException e) {
        // the agent has just left: the job waits for its next connection
        current.socket.close();
      }
    }
    return "";
  }

  private synchronized String cancel(String jobId) throws IOException {
    if (!has(ServerFault.CANCELS_NOTHING)) {
      current.say(new CommandCancel(jobId));
    }
    return "";
  }

  private synchronized String changeSchedule() throws IOException {
    if (!has(ServerFault.REPEATS_SCHEDULE_VERSION)) {
      version++;
    }
    current.say(schedules());
    return "";
  }

  private synchronized String status(String jobId) {
    return jobs.get(jobId).status + "\n";
  }

  private synchronized String log(String jobId) {
    return String.join("\n", jobs.get(jobId).lines.values());
  }

  private synchronized String countSnapshots() {
    return Integer.toString(snapshots.size());
  }

  private ScheduleSet schedules() {
    return new ScheduleSet(
        version,
        List.of(
            new Schedule(SCHEDULE, "0 3 1 1 *", "", true, List.of(group("one"), group("two")))));
  }

  private static Schedule.ScheduledSourceGroup group(String name) {
    return new Schedule.ScheduledSourceGroup(name, List.of("/" + name), List.of(), null, 0, 0);
  }

  private void admitAll() {
    try {
      while (!Thread.interrupted()) {
        Optional<WireSocket> socket = door.next(FOREVER).flatMap(Visitor::socket);
        if (socket.isPresent()) {
          Thread visit = new Thread(new Connection(socket.get()), "small server's visitor");
          visit.setDaemon(true);
          visit.start();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    door.close();
  }

  private final class Connection implements Runnable {

    private final WireSocket socket;
    private Set<String> features = Set.of();
    private boolean greeted;
    private int malformed;

    Connection(WireSocket socket) {
      this.socket = socket;
    }

    void say(Message message) throws IOException {
      socket.sendText(codec.encode(message));
    }

    private void raw(String frame) throws IOException {
      socket.sendText(frame);
    }

    void dispatch(Job job) throws IOException {
      if (has(ServerFault.COMMAND_WITHOUT_ID)) {
        say(job.command);
      } else {
        socket.sendText(codec.encode(job.command, Optional.of(job.id)));
      }
    }

    @Override
    public void run() {
      try {
        Arrival arrival = socket.next(FOREVER).orElseThrow();
        while (!(arrival instanceof Arrival.Closed)) {
          if (arrival instanceof Arrival.Text text) {
            take(text);
          } else if (arrival instanceof Arrival.Binary && !has(ServerFault.TAKES_BINARY)) {
            socket.sendClose(1003, "text only");
          }
          arrival = socket.next(FOREVER).orElseThrow();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        socket.close();
      }
    }

    private void take(Arrival.Text text) throws IOException {
      if (text.sizeBytes() > FrameRules.LARGEST_FRAME_BYTES && !has(ServerFault.TAKES_ANY_SIZE)) {
        socket.sendClose(1009, "too large");
        return;
      }
      Decoded decoded = codec.decodeFromAgent(text.text());
      synchronized (SmallServer.this) {
        if (decoded instanceof Decoded.Understood understood) {
          take(understood.message(), Frame.of(text.text()));
        } else if (decoded instanceof Decoded.UnknownType) {
          say(new WireError("unknown_type", "unknown", null));
        } else {
          malformed();
        }
      }
    }

    private void malformed() throws IOException {
      malformed++;
      if (has(ServerFault.CLOSES_ON_BAD_INPUT)) {
        socket.sendClose(1008, "bad");
      } else if (malformed >= TOO_MANY && !has(ServerFault.BEARS_ALL_BAD_INPUT)) {
        socket.sendClose(1008, "too many");
      } else if (!has(ServerFault.IGNORES_BAD_INPUT)) {
        say(new WireError("malformed", "no", null));
      }
    }

    private void take(Message message, Frame frame) throws IOException {
      if (frame.type().equals("hello")) {
        hello(frame);
      } else if (!greeted) {
        socket.sendClose(1008, "hello first");
      } else if (message instanceof ScheduleFire fire) {
        fire(fire);
      } else if (message instanceof SnapshotsReport report) {
        snapshots(report);
      } else if (frame.payload().containsKey("job_id")) {
        Job job = jobs.get(frame.text("job_id"));
        if (job == null) {
          if (!has(ServerFault.TAKES_STRANGERS)) {
            say(new WireError("not_yours", "no job of yours", null));
          }
        } else {
          job(job, message);
        }
      } else if (frame.type().equals("heartbeat") && has(ServerFault.ANSWERS_HEARTBEATS)) {
        say(new WireError("thanks", "thanks", null));
      }
    }

    private void hello(Frame hello) throws IOException {
      if (hello.number("protocol_version") < 1) {
        say(
            new WireError(
                "protocol_too_old",
                "too old",
                has(ServerFault.NO_HELP_URL) ? null : "https://example.invalid/"));
        socket.sendClose(4000, "too old");
        return;
      }
      greeted = true;
      if (current != null && current.socket.isOpen() && !has(ServerFault.KEEPS_OLDER)) {
        current.socket.sendClose(4002, "replaced");
      }
      current = this;
      ConfigUpdate config =
          ConfigUpdate.of(ConfigUpdate.SLOT_REPO)
              .repoUrl("/repository")
              .repoPassword(PASSWORD)
              .build();
      welcome(hello.texts("features"));
      if (!has(ServerFault.SCHEDULES_BEFORE_CONFIG)) {
        say(config);
      }
      if (!has(ServerFault.NO_EMPTY_SCHEDULES)) {
        say(schedules());
      }
      if (has(ServerFault.SCHEDULES_BEFORE_CONFIG)) {
        say(config);
      }
      if (has(ServerFault.WRITES_NULL)) {
        raw("{\"type\":\"agent.update.available\",\"payload\":{\"latest_version\":null}}");
      }
      if (has(ServerFault.TELLS_SECRETS)) {
        say(new WireError("hint", "the password is " + PASSWORD, null));
      }
      resume(hello);
    }

    private void welcome(List<String> named) throws IOException {
      Set<String> common = new TreeSet<>(named);
      common.retainAll(SPOKEN);
      features = common;
      if (has(ServerFault.WELCOMES_ALL) || !named.isEmpty()) {
        List<String> told =
            List.copyOf(has(ServerFault.NAMES_ITS_OWN_FEATURES) ? new TreeSet<>(SPOKEN) : common);
        say(new Welcome(1, "small", told, 30));
      }
    }

    private void resume(Frame hello) throws IOException {
      Set<String> held = new HashSet<>();
      for (JsonObject job : hello.objects("jobs")) {
        held.add(job.getString("job_id"));
      }
      for (Job job : jobs.values()) {
        if (job.status.equals("running")
            && features.contains(Feature.RESUME)
            && !held.contains(job.id)
            && !has(ServerFault.FORGETS_LOST_JOBS)) {
          job.status = "failed";
        }
        if (job.status.equals("queued") && !has(ServerFault.FORGETS_THE_QUEUE)) {
          dispatch(job);
        }
      }
    }

    private void job(Job job, Message message) throws IOException {
      boolean over = Set.of("succeeded", "failed", "cancelled").contains(job.status);
      if (message instanceof JobFinished finished) {
        if (!over || has(ServerFault.LAST_END_WINS)) {
          job.status = finished.status().wireName();
        }
        ack(job, true);
      } else if (message instanceof LogStream line) {
        line(job, line);
        ack(job, false);
      } else if (message instanceof LogLines lines) {
        lines.oneByOne().stream()
            .limit(has(ServerFault.TAKES_FIRST_LINE_ONLY) ? 1 : LogLines.MAX_LINES)
            .forEach(line -> line(job, line));
        ack(job, false);
      } else if (message instanceof CommandResult result && !over) {
        job.status = result.accepted() ? "running" : "failed";
      } else if ((message instanceof JobStarted || message instanceof JobProgress)
          && (!over || has(ServerFault.REOPENS_ENDED_JOBS))) {
        job.status = "running";
      }
    }

    private void line(Job job, LogStream line) {
      job.lines.putIfAbsent(line.seq(), cut(line.payload()));
    }

    private String cut(String line) {
      return line.length() <= LONGEST_LINE || has(ServerFault.KEEPS_LONG_LINES)
          ? line
          : line.substring(0, LONGEST_LINE) + "…";
    }

    private void ack(Job job, boolean finished) throws IOException {
      boolean wanted = features.contains(Feature.ACK) || has(ServerFault.ACKS_UNASKED);
      if (wanted && !(finished && has(ServerFault.NEVER_ACKS_THE_END))) {
        long seq = has(ServerFault.ACKS_ACROSS_GAPS) ? job.highest() : job.contiguous();
        say(new EventAck(job.id, seq, finished));
      }
    }

    private void fire(ScheduleFire fire) throws IOException {
      if (!fire.scheduleId().equals(SCHEDULE)) {
        say(new WireError("not_yours", "no schedule of yours", null));
      } else if (fired.add(fire.scheduledAt().toString()) || has(ServerFault.FIRES_TWICE)) {
        SmallServer.this.run("one");
        if (!has(ServerFault.FIRES_FIRST_GROUP_ONLY)) {
          SmallServer.this.run("two");
        }
      }
    }

    private void snapshots(SnapshotsReport report) {
      Set<String> told = report.snapshots().stream().map(Snapshot::id).collect(Collectors.toSet());
      if (report.parts() == 0) {
        parts.clear();
        boolean adds = report.added() && !has(ServerFault.TAKES_ADDED_FOR_ALL);
        know(told, adds || has(ServerFault.ADDS_SNAPSHOTS));
        return;
      }
      if (report.part() == 1) {
        parts.clear();
      }
      parts.put(report.part(), told);
      if (parts.size() == report.parts() || has(ServerFault.COUNTS_HALF_REPORTS)) {
        know(parts.values().stream().flatMap(Set::stream).collect(Collectors.toSet()), false);
      }
    }

    private void know(Set<String> told, boolean others) {
      if (!others) {
        snapshots.clear();
      }
      snapshots.addAll(told);
    }
  }
}
