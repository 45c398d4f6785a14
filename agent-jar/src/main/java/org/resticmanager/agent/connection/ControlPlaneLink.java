package org.resticmanager.agent.connection;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.resticmanager.agent.config.AgentSettings;
import org.resticmanager.agent.config.AgentVersion;
import org.resticmanager.agent.config.ClientKeystore;
import org.resticmanager.agent.config.Enrolment;
import org.resticmanager.agent.config.EnrolmentStore;
import org.resticmanager.agent.config.KnownServer;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.agent.config.OnwardClock;
import org.resticmanager.agent.config.Words;
import org.resticmanager.agent.job.ProgressBoard;
import org.resticmanager.agent.restic.ResticMissing;
import org.resticmanager.agent.restic.Version;
import org.resticmanager.agent.schedule.ScheduleBook;
import org.resticmanager.agent.spool.Changes;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.agent.spool.Spool;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Heartbeat;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * Keeps the agent connected: connects, talks, and comes back when the connection is lost, for as
 * long as it is not told to stop.
 */
public final class ControlPlaneLink {

  private static final System.Logger LOG = System.getLogger(ControlPlaneLink.class.getName());
  private static final int PROTOCOL_VERSION = 1;

  /**
   * A server of the base protocol may have nothing to say: then it is not waited for, unless it is
   * known as one that confirms. That one is busy, and would never have what we drop.
   */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** A connection that held for less does not count as one that works. */
  private static final Duration WORKED = Duration.ofSeconds(10);

  /** One that throws us out after less may do so again and again: the pauses go on growing. */
  private static final Duration WORKED_WELL = Duration.ofMinutes(10);

  private static final Duration REASON_WAIT = Duration.ofSeconds(1);

  private final EnrolmentStore enrolments;
  private final KnownServer known;
  private final Spool spool;
  private final Handlers handlers;
  private final ScheduleBook schedules;
  private final ProgressBoard board;
  private final Version restic;
  private final Machine machine;
  private final Clock clock;
  private final Clock onward;
  private final Changes changes;
  private final WireCodec codec;
  private final BackOff backOff;
  private final Sparingly complaints;
  private volatile boolean stopping;

  /**
   * @param enrolments is read anew for each try: the token may have been rotated
   * @param known what was heard of the server over earlier connections
   * @param changes wakes us when there is something to send
   */
  public ControlPlaneLink(
      EnrolmentStore enrolments,
      KnownServer known,
      Spool spool,
      Handlers handlers,
      ScheduleBook schedules,
      ProgressBoard board,
      Version restic,
      Machine machine,
      AgentSettings settings,
      Clock clock,
      Changes changes,
      WireCodec codec) {
    this.enrolments = enrolments;
    this.known = known;
    this.spool = spool;
    this.handlers = handlers;
    this.schedules = schedules;
    this.board = board;
    this.restic = restic;
    this.machine = machine;
    this.clock = clock;
    this.onward = new OnwardClock(clock);
    this.changes = changes;
    this.codec = codec;
    this.backOff =
        new BackOff(
            settings.longestBackOff(), settings.restartSpread(), RandomGenerator.getDefault());
    this.complaints = new Sparingly(LOG, onward);
  }

  /**
   * Runs until {@link #stop} is called.
   *
   * @throws AgentTooOld if the server does not talk with agents of this version any more
   */
  public void run() throws AgentTooOld {
    while (!stopping) {
      Instant began = onward.instant();
      Parting parting = connectAndTalk();
      if (Duration.between(began, onward.instant())
              .compareTo(parting.cause() == Parting.Cause.THROWN_OUT ? WORKED_WELL : WORKED)
          > 0) {
        backOff.reset();
      }
      Duration pause =
          switch (parting.cause()) {
            case STOPPED -> Duration.ZERO;
            case TOO_OLD -> throw new AgentTooOld(parting.detail());
            case REPLACED -> backOff.afterReplacement();
            case SERVER_RESTARTS -> backOff.afterRestart();
            case THROWN_OUT -> backOff.afterThrownOut();
            case TOKEN_REFUSED, LOST -> backOff.afterFailure();
          };
      await(() -> stopping, pause);
    }
  }

  /** Sends what is ready, closes the connection and ends {@link #run}; returns at once. */
  public void stop() {
    stopping = true;
    changes.signal();
  }

  /** Waits until this holds, which a change tells, or until the time is over. */
  private void await(BooleanSupplier condition, Duration atMost) {
    Instant end = onward.instant().plus(atMost);
    Duration left = atMost;
    long seen = changes.count();
    while (!condition.getAsBoolean() && !left.isNegative() && !left.isZero()) {
      changes.awaitBeyond(seen, left);
      left = Duration.between(onward.instant(), end);
      seen = changes.count();
    }
  }

  private Parting connectAndTalk() {
    Optional<Enrolment> enrolment = enrolments.load();
    if (enrolment.isEmpty()) {
      return new Parting(Parting.Cause.LOST, "this agent is not enrolled any more");
    }
    ServerAddress server = new ServerAddress(enrolment.get().server());
    Conversation conversation = new Conversation(codec, handlers, onward, changes);
    // asked before connecting: it may take a while, and the server waits for hello
    String resticVersion = resticVersion();
    Parting parting;
    try (ControlPlaneSocket socket =
        ControlPlaneSocket.connect(
            server.socket(),
            new ServerTrust(enrolment.get().pin(), ClientKeystore.ofThisProcess()),
            enrolment.get().agentToken(),
            onward,
            conversation::take,
            changes::signal)) {
      LOG.log(
          System.Logger.Level.INFO, "connected to {0} as {1}", server, enrolment.get().hostName());
      complaints.reset();
      handlers.connected();
      parting = talkToTheEnd(socket, conversation, hello(resticVersion));
    } catch (CannotConnect e) {
      parting = e.parting();
    }
    return explained(parting, server);
  }

  private Parting explained(Parting parting, ServerAddress server) {
    switch (parting.cause()) {
      case STOPPED -> LOG.log(System.Logger.Level.INFO, "disconnected from {0}", server);
      case REPLACED ->
          complaints.warn(
              "another agent connected as this host: is there a copy of this data folder? Waiting"
                  + " before coming back");
      case SERVER_RESTARTS ->
          complaints.warn(server + " goes away: " + parting.detail() + "; coming back");
      case TOKEN_REFUSED ->
          complaints.warn(
              server
                  + " refuses this agent's token: it was revoked, or belongs to another server."
                  + " Trying on; to enrol anew, stop the agent and run enrol --replace");
      case THROWN_OUT ->
          complaints.warn(server + " has closed the connection: " + parting.detail());
      case LOST -> complaints.warn("no connection to " + server + ": " + parting.detail());
      case TOO_OLD -> {}
    }
    return parting;
  }

  private Hello hello(String resticVersion) {
    return new Hello(
        PROTOCOL_VERSION,
        AgentVersion.current(),
        resticVersion,
        machine.hostname(),
        machine.os(),
        machine.arch(),
        machine.bootTime().orElse(null),
        List.of(
            Feature.ACK,
            Feature.RESUME,
            Feature.PARTS,
            Feature.FORGET_GROUPS,
            Feature.HOOKS,
            Feature.EXCLUDE_OPTIONS,
            Feature.ENVIRONMENT,
            Feature.BANDWIDTH,
            Feature.READ_DATA_SUBSET,
            Feature.SCHEDULE_ZONE,
            Feature.TEST,
            Feature.TOKEN,
            Feature.KEY,
            Feature.COMPRESSION,
            Feature.SNAPSHOTS_ADDED,
            Feature.CURRENT_FILE,
            Feature.LOG_LINES),
        machine.zone().getId(),
        spool.jobs().stream().map(JobSpool::held).toList());
  }

  private String resticVersion() {
    try {
      return restic.find().version().text();
    } catch (ResticMissing e) {
      complaints.warn(e.getMessage());
      return "";
    }
  }

  private Parting talkToTheEnd(ControlPlaneSocket socket, Conversation conversation, Hello hello) {
    Parting end;
    try {
      socket.send(codec.encode(hello));
      end = talk(socket, conversation);
    } catch (IOException e) {
      end = reason(socket).orElse(new Parting(Parting.Cause.LOST, Words.of(e)));
    }
    return conversation
        .dialect()
        .tooOld()
        .map(words -> new Parting(Parting.Cause.TOO_OLD, words))
        .orElse(end);
  }

  /** Sending fails a moment before the server's reason for closing is known. */
  private Optional<Parting> reason(ControlPlaneSocket socket) {
    await(() -> socket.parting().isPresent(), REASON_WAIT);
    return socket.parting();
  }

  private Parting talk(ControlPlaneSocket socket, Conversation conversation) throws IOException {
    EventSender events =
        new EventSender(socket, spool, board, codec, onward, conversation::owesAnswer);
    FireSender fires = new FireSender(socket, schedules, codec);
    Instant connectedAt = onward.instant();
    Instant heartbeatAt = connectedAt.plus(conversation.dialect().heartbeat());
    while (true) {
      long seen = changes.count();
      if (conversation.dialect().tooOld().isPresent() || socket.parting().isPresent()) {
        return socket.parting().orElse(new Parting(Parting.Cause.TOO_OLD, ""));
      }
      boolean leaving = stopping;
      boolean more = sendSome(socket, conversation, fires, events, connectedAt);
      if (leaving) {
        return new Parting(Parting.Cause.STOPPED, "");
      }
      Instant now = onward.instant();
      Duration silence = Duration.between(socket.lastReceived(), now);
      if (SignOfLife.isMissing(silence)) {
        return new Parting(
            Parting.Cause.LOST,
            "nothing was heard for " + SignOfLife.DEAD_AFTER.toSeconds() + " s");
      }
      if (!now.isBefore(heartbeatAt)) {
        socket.send(codec.encode(new Heartbeat(clock.instant())));
        if (SignOfLife.isDue(silence, conversation.dialect().heartbeat())) {
          socket.ping();
        }
      }
      if (!now.isBefore(heartbeatAt)
          || heartbeatAt.isAfter(now.plus(conversation.dialect().heartbeat()))) {
        heartbeatAt = now.plus(conversation.dialect().heartbeat());
      }
      if (!more) {
        changes.awaitBeyond(seen, untilNext(now, heartbeatAt, events, conversation));
      }
    }
  }

  private boolean sendSome(
      ControlPlaneSocket socket,
      Conversation conversation,
      FireSender fires,
      EventSender events,
      Instant connectedAt)
      throws IOException {
    Optional<String> answer = conversation.nextAnswer();
    while (answer.isPresent()) {
      socket.send(answer.get());
      answer = conversation.nextAnswer();
    }
    // what the server speaks must be known before anything is dropped
    Dialect dialect = conversation.dialect();
    if (dialect.begun()) {
      known.heard(dialect.confirming());
    } else if (known.confirming() || !onward.instant().isAfter(connectedAt.plus(SILENCE))) {
      return false;
    }
    fires.send();
    return events.sendSome(dialect.confirming(), dialect::speaks);
  }

  private static Duration untilNext(
      Instant now, Instant heartbeatAt, EventSender events, Conversation conversation) {
    Duration untilHeartbeat = Duration.between(now, heartbeatAt);
    Duration other = conversation.dialect().begun() ? events.untilProgress() : SILENCE;
    Duration wait = other.compareTo(untilHeartbeat) < 0 ? other : untilHeartbeat;
    return wait.isZero() || wait.isNegative() ? Duration.ofMillis(10) : wait;
  }
}
