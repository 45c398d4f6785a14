package org.resticmanager.year;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.resticmanager.connection.AgentConnection;
import org.resticmanager.connection.Connections;
import org.resticmanager.connection.Conversation;
import org.resticmanager.connection.OpenConnections;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobReports;
import org.resticmanager.job.ScheduledBackups;
import org.resticmanager.protocol.cron.BadCron;
import org.resticmanager.protocol.cron.CronTimes;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.HeldJob;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.Schedule;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.protocol.wire.ScheduleFire;
import org.resticmanager.protocol.wire.ScheduleSet;
import org.resticmanager.protocol.wire.ServerMessage;
import org.resticmanager.source.Schedules;

/**
 * An agent as the protocol describes it, without a process, a socket or a restic: it fires what it
 * was told to, also while it is cut off, and says again what nobody may have heard.
 */
final class SimulatedAgent implements AgentConnection {

  /** Nothing confirms a fire: it is told again to whoever may not have kept it. */
  private static final Duration REPEATED_FOR = Duration.ofHours(1);

  private static final int FAILS_ONE_IN = 50;

  private static final Map<JobKind, Duration> TAKES =
      Map.of(
          JobKind.INIT, Duration.ofMinutes(1),
          JobKind.BACKUP, Duration.ofMinutes(7),
          JobKind.FORGET, Duration.ofMinutes(3),
          JobKind.PRUNE, Duration.ofMinutes(40),
          JobKind.CHECK, Duration.ofMinutes(60));

  private final TestContainer node;
  private final Year year;
  private final HostId host;
  private final String name;
  private final ZoneId zone;
  private final SimulatedRepository repository;
  private final Random random;
  private final Absences sleeps = new Absences();
  private final Absences cutOff = new Absences();
  private final Set<String> known = new HashSet<>();
  private final List<ScheduleFire> fires = new ArrayList<>();
  private final Set<ScheduleFire> told = new HashSet<>();
  private final List<Runnable> unsaid = new ArrayList<>();
  private final List<HeldJob> held = new ArrayList<>();
  private Set<String> features = Set.of();
  private Map<String, CronTimes> times = Map.of();
  private Optional<CommandRun> running = Optional.empty();
  private Instant firedUpTo;
  private Optional<String> reported = Optional.empty();
  private boolean asleep;
  private boolean connected;
  private boolean agreed;
  private long timer;

  SimulatedAgent(
      TestContainer node,
      Year year,
      HostId host,
      String name,
      ZoneId zone,
      SimulatedRepository repository,
      Random random) {
    this.node = node;
    this.year = year;
    this.host = host;
    this.name = name;
    this.zone = zone;
    this.repository = repository;
    this.random = random;
    firedUpTo = year.now();
  }

  /** The others are kept for ever, and would make the reports of a year long. */
  void reportSnapshotsOf(String group) {
    reported = Optional.of(group);
  }

  String name() {
    return name;
  }

  ZoneId zone() {
    return zone;
  }

  SimulatedRepository repository() {
    return repository;
  }

  Absences sleeps() {
    return sleeps;
  }

  /** When it is awake and cannot reach the control plane. */
  Absences cutOff() {
    return cutOff;
  }

  /** Whether it has nothing to do and nothing to say. */
  boolean idle() {
    return connected && running.isEmpty();
  }

  void connect() {
    if (asleep || connected || cutOff.contain(year.now())) {
      return;
    }
    connected = true;
    node.connect(
        this,
        new Hello(
            1,
            "1",
            "0.18.0",
            name,
            "linux",
            "amd64",
            null,
            Conversation.FEATURES,
            zone.getId(),
            held()));
    unsaid.forEach(Runnable::run);
    unsaid.clear();
    held.clear();
    forgetOldFires();
    fires.forEach(this::tell);
  }

  private List<HeldJob> held() {
    List<HeldJob> all = new ArrayList<>(held);
    running.ifPresent(job -> all.add(new HeldJob(job.jobId(), JobStatus.RUNNING, 0)));
    return all;
  }

  void disconnect() {
    node.get(OpenConnections.class).remove(this);
    node.get(Connections.class).closed(this);
    connected = false;
    agreed = false;
  }

  void sleepUntil(Instant end) {
    sleeps.add(year.now(), end);
    asleep = true;
    disconnect();
    year.at(end, this::wake);
  }

  private void wake() {
    asleep = false;
    fireWhatIsDue();
    connect();
  }

  /** What was slept through fires once, with its newest moment. */
  private void fireWhatIsDue() {
    Instant now = year.now();
    times.forEach(
        (schedule, cron) ->
            cron.latestIn(firedUpTo, now)
                .filter(moment -> moment.isBefore(SimulatedYearTest.END))
                .ifPresent(moment -> fires.add(new ScheduleFire(schedule, moment))));
    firedUpTo = now;
    if (connected) {
      fires.stream().filter(fire -> !told.contains(fire)).toList().forEach(this::tell);
      forgetOldFires();
    }
    planNextFire();
  }

  private void planNextFire() {
    long mine = ++timer;
    times.values().stream()
        .flatMap(cron -> cron.nextAfter(firedUpTo).stream())
        .min(Instant::compareTo)
        .filter(next -> next.isBefore(SimulatedYearTest.END))
        .ifPresent(
            next ->
                year.at(
                    next,
                    () -> {
                      if (mine == timer && !asleep) {
                        fireWhatIsDue();
                      }
                    }));
  }

  private void forgetOldFires() {
    Instant old = year.now().minus(REPEATED_FOR);
    fires.removeIf(fire -> told.contains(fire) && fire.scheduledAt().isBefore(old));
    told.retainAll(Set.copyOf(fires));
  }

  private void tell(ScheduleFire fire) {
    told.add(fire);
    node.get(ScheduledBackups.class).fired(host, fire);
  }

  private void apply(ScheduleSet set) {
    Map<String, CronTimes> read = new HashMap<>();
    for (Schedule schedule : set.schedules()) {
      ZoneId meant = schedule.zone().isEmpty() ? zone : ZoneId.of(schedule.zone());
      try {
        read.put(schedule.id(), CronTimes.parse(schedule.cronExpr(), meant));
      } catch (BadCron e) {
        throw new IllegalStateException(e);
      }
    }
    times = read;
    say(() -> node.get(Schedules.class).applied(host, new ScheduleAck(set.version(), year.now())));
    planNextFire();
  }

  private void run(CommandRun command) {
    assertThat(running).as("%s has one job at a time", name).isEmpty();
    assertThat(known.add(command.jobId())).as("%s comes once", command).isTrue();
    running = Optional.of(command);
    JobReports reports = node.get(JobReports.class);
    say(() -> reports.answered(host, new CommandResult(command.jobId(), true, "")));
    JobStarted started = new JobStarted(command.jobId(), command.kind(), year.now());
    say(() -> reports.started(host, started));
    year.after(TAKES.get(command.kind()), () -> finish(command));
  }

  private void finish(CommandRun command) {
    running = Optional.empty();
    boolean fails =
        (command.kind() == JobKind.BACKUP && random.nextInt(FAILS_ONE_IN) == 0)
            || (command.kind() == JobKind.CHECK && SimulatedYearTest.checkFails(year.now()));
    JsonObject stats = null;
    if (!fails && reported.filter(command.tag()::equals).isPresent()) {
      String snapshot = repository.backUp(command, name, year.now(), zone);
      stats = Json.createObjectBuilder().add("snapshot_id", snapshot).build();
    }
    if (command.kind() == JobKind.FORGET) {
      repository.forget(command, name);
    }
    if (stats != null || command.kind() == JobKind.FORGET) {
      say(() -> node.get(JobReports.class).snapshots(host, repository.report()));
    }
    JobFinished end =
        new JobFinished(
            command.jobId(),
            fails ? JobStatus.FAILED : JobStatus.SUCCEEDED,
            fails ? 1 : 0,
            year.now(),
            stats,
            fails ? "it failed" : "");
    if (!connected) {
      held.add(new HeldJob(command.jobId(), end.status(), 0));
    }
    say(() -> node.get(JobReports.class).finished(host, end));
  }

  /** Now, or as soon as somebody hears it. */
  private void say(Runnable message) {
    if (connected) {
      message.run();
    } else {
      unsaid.add(message);
    }
  }

  @Override
  public HostId hostId() {
    return host;
  }

  @Override
  public Instant lastHeard() {
    return year.now();
  }

  @Override
  public void agree(Collection<String> common) {
    features = Set.copyOf(common);
    agreed = true;
  }

  @Override
  public boolean agreed() {
    return agreed;
  }

  @Override
  public boolean speaks(String feature) {
    return features.contains(feature);
  }

  /** What comes is worked on after what is being said. */
  @Override
  public void send(ServerMessage message) {
    if (message instanceof ScheduleSet set) {
      year.at(year.now(), () -> apply(set));
    } else if (message instanceof CommandRun command) {
      year.at(year.now(), () -> run(command));
    }
  }

  @Override
  public long unsentBytes() {
    return 0;
  }

  @Override
  public void request(ServerMessage message, String id) {
    send(message);
  }

  @Override
  public void close(int code, String reason) {
    throw new AssertionError(name + " is closed with " + code + ": " + reason);
  }

  @Override
  public void cut(String reason) {
    throw new AssertionError(name + " is cut: " + reason);
  }
}
