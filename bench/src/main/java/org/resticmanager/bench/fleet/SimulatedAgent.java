package org.resticmanager.bench.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.resticmanager.protocol.wire.AgentMessage;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Decoded;
import org.resticmanager.protocol.wire.EventAck;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.Heartbeat;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.ScheduleAck;
import org.resticmanager.protocol.wire.ScheduleSet;
import org.resticmanager.protocol.wire.Welcome;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * An agent of which only the conversation is there: it accepts every command, an {@code init}
 * succeeds at once, and what a backup is depends on the benchmark. All but the constructor runs on
 * the fleet's thread.
 */
public abstract class SimulatedAgent {

  private static final WireCodec CODEC = new WireCodec();
  private static final List<String> FEATURES =
      List.of(Feature.ACK, Feature.RESUME, Feature.PARTS, Feature.FORGET_GROUPS, Feature.LOG_LINES);

  private volatile CompletableFuture<Boolean> welcome;
  private volatile AgentSocket socket;

  /** A backup is to run; it is accepted and started already. */
  protected abstract void backup(CommandRun command);

  /** Lines, or the end, of a job are confirmed. */
  protected abstract void confirmed(EventAck ack);

  /** Adds what the agent has to say by itself; whether there is more than there was room for. */
  protected boolean fill(AgentSocket to) {
    return false;
  }

  void connected(AgentSocket opened) {
    welcome = new CompletableFuture<>();
    socket = opened;
    say(new Hello(1, "0.1.0", "0.18.0", "bench", "linux", "amd64", null, FEATURES, "", List.of()));
  }

  /** Whether the control plane has taken the agent up; false if it has cut it off instead. */
  boolean awaitWelcome() throws InterruptedException {
    try {
      return welcome.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The connection is gone: one that was welcome must not be. */
  void cutOff(IOException reason) {
    if (!welcome.complete(false)) {
      throw new UncheckedIOException(reason);
    }
    System.err.println("an agent was not welcome: " + reason.getMessage());
  }

  /** The control plane has taken it up. */
  final void welcomed() {
    welcome.complete(true);
  }

  /** Whether the control plane has taken it up by now. */
  final boolean isWelcome() {
    return welcome.getNow(false);
  }

  AgentSocket socket() {
    return socket;
  }

  void heartbeat() {
    say(new Heartbeat(Instant.now()));
  }

  void heard(String frame) {
    if (!(CODEC.decodeFromServer(frame) instanceof Decoded.Understood understood)) {
      throw new IllegalStateException("not understood: " + frame);
    }
    if (understood.message() instanceof Welcome) {
      welcomed();
    } else if (understood.message() instanceof EventAck ack) {
      confirmed(ack);
    } else if (understood.message() instanceof ScheduleSet schedules) {
      say(new ScheduleAck(schedules.version(), Instant.now()));
    } else if (understood.message() instanceof CommandRun command) {
      run(command, understood.id());
    }
  }

  private void run(CommandRun command, Optional<String> id) {
    socket.put(CODEC.encode(new CommandResult(command.jobId(), true, ""), id));
    say(new JobStarted(command.jobId(), command.kind(), Instant.now()));
    if (command.kind() == JobKind.BACKUP) {
      backup(command);
    } else {
      succeed(command.jobId());
    }
  }

  /** The job has ended. */
  protected final void succeed(String job) {
    say(new JobFinished(job, JobStatus.SUCCEEDED, 0, Instant.now(), null, ""));
  }

  private void say(AgentMessage message) {
    socket.put(CODEC.encode(message));
  }
}
