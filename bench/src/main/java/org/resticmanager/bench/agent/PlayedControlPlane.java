package org.resticmanager.bench.agent;

import jakarta.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.resticmanager.conformance.socket.Arrival;
import org.resticmanager.conformance.socket.Door;
import org.resticmanager.conformance.socket.WireSocket;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.EventAck;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.Message;
import org.resticmanager.protocol.wire.Schedule;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.protocol.wire.ScheduleSet;
import org.resticmanager.protocol.wire.ServerMessage;
import org.resticmanager.protocol.wire.Welcome;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * A control plane that does no more than one agent needs, so that on a shared machine only the
 * agent is measured. It confirms every line at once.
 */
public final class PlayedControlPlane implements Closeable {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int HEARTBEAT_SECONDS = 30;

  private final WireCodec codec = new WireCodec();
  private final Door door;
  private final List<Schedule> schedules;
  private WireSocket socket;

  /** Opens its port; its agent has no schedules. */
  public PlayedControlPlane() throws IOException {
    this(0);
  }

  /**
   * Opens its port.
   *
   * @param schedules how many its agent has, each of which fires once a year and not today
   */
  public PlayedControlPlane(int schedules) throws IOException {
    this.schedules = IntStream.range(0, schedules).mapToObj(PlayedControlPlane::onceAYear).toList();
    door = new Door(InetAddress.getLoopbackAddress(), 0, body -> enrolled());
  }

  private static Schedule onceAYear(int minute) {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(7);
    String cron = minute % 60 + " 3 " + day.getDayOfMonth() + " " + day.getMonthValue() + " *";
    return new Schedule(UUID.randomUUID().toString(), cron, "Etc/UTC", true, List.of());
  }

  private static String enrolled() {
    return Json.createObjectBuilder()
        .add("hostId", UUID.randomUUID().toString())
        .add("hostName", "bench")
        .add("agentToken", UUID.randomUUID().toString())
        .build()
        .toString();
  }

  public URI address() {
    return door.address();
  }

  /**
   * Waits for the agent and greets it; one that was there before is forgotten.
   *
   * @return {@link System#nanoTime} when its hello was there
   */
  public long greet() throws IOException, InterruptedException {
    socket = door.next(LIMIT).orElseThrow().socket().orElseThrow();
    if (!(hear() instanceof Hello hello)) {
      throw new IllegalStateException("the agent does not say hello");
    }
    long heard = System.nanoTime();
    send(
        new Welcome(
            hello.protocolVersion(),
            "bench",
            List.of(Feature.ACK, Feature.RESUME, Feature.PARTS, Feature.SNAPSHOTS_ADDED),
            HEARTBEAT_SECONDS));
    send(new ScheduleSet(1, schedules));
    return heard;
  }

  /**
   * Sends the agent its list of schedules so many times more, one after the other; it answers each.
   */
  public void converse(int lists) throws IOException, InterruptedException {
    for (int version = 2; version < 2 + lists; version++) {
      send(new ScheduleSet(version, schedules));
      while (!(hear() instanceof ScheduleAck ack && ack.version() == version)) {
        // of an earlier one
      }
    }
  }

  /** Which repository the agent uses from now on. */
  void connect(Path repository, String password) throws IOException {
    send(
        ConfigUpdate.of(ConfigUpdate.SLOT_REPO)
            .repoUrl(repository.toString())
            .repoPassword(password)
            .build());
  }

  /** Orders a backup; returns how long it took from the order to its end, which is success. */
  Duration backup(Path source) throws IOException, InterruptedException {
    String job = UUID.randomUUID().toString();
    CommandRun command =
        CommandRun.of(job, JobKind.BACKUP)
            .includes(List.of(source.toString()))
            .tag(BareRestic.TAG)
            .build();
    long begun = System.nanoTime();
    socket.sendText(codec.encode(command, Optional.of(job)));
    long lines = 0;
    while (true) {
      Message message = hear();
      if (message instanceof LogStream line) {
        lines = line.seq();
        send(new EventAck(job, lines, false));
      } else if (message instanceof JobFinished finished) {
        Duration wall = Duration.ofNanos(System.nanoTime() - begun);
        send(new EventAck(job, lines, true));
        if (finished.status() != JobStatus.SUCCEEDED || finished.exitCode() != 0) {
          throw new IllegalStateException("the agent's backup did not succeed: " + finished);
        }
        return wall;
      }
    }
  }

  private Message hear() throws InterruptedException {
    while (true) {
      Arrival arrival =
          socket.next(LIMIT).orElseThrow(() -> new IllegalStateException("the agent is silent"));
      if (arrival instanceof Arrival.Closed end) {
        throw new IllegalStateException("the agent has gone: " + end);
      }
      if (arrival instanceof Arrival.Text text
          && codec.decodeFromAgent(text.text()) instanceof Decoded.Understood understood) {
        return understood.message();
      }
    }
  }

  private void send(ServerMessage message) throws IOException {
    socket.sendText(codec.encode(message));
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
    door.close();
  }
}
