package org.resticmanager.protocol.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of messages: the name on the wire, the record that carries the payload, and with it (by
 * the sealed root that the record belongs to) who may send it.
 */
public enum MessageType {
  HELLO("hello", Hello.class),
  HEARTBEAT("heartbeat", Heartbeat.class),
  WELCOME("welcome", Welcome.class),
  CONFIG_UPDATE("config.update", ConfigUpdate.class),
  SCHEDULE_SET("schedule.set", ScheduleSet.class),
  SCHEDULE_ACK("schedule.ack", ScheduleAck.class),
  SCHEDULE_FIRE("schedule.fire", ScheduleFire.class),
  COMMAND_RUN("command.run", CommandRun.class),
  COMMAND_RESULT("command.result", CommandResult.class),
  COMMAND_CANCEL("command.cancel", CommandCancel.class),
  COMMAND_UPDATE("command.update", CommandUpdate.class),
  JOB_STARTED("job.started", JobStarted.class),
  JOB_PROGRESS("job.progress", JobProgress.class),
  LOG_STREAM("log.stream", LogStream.class),
  LOG_LINES("log.lines", LogLines.class),
  REPO_STATS("repo.stats", RepoStats.class),
  SNAPSHOTS_REPORT("snapshots.report", SnapshotsReport.class),
  JOB_FINISHED("job.finished", JobFinished.class),
  EVENT_ACK("event.ack", EventAck.class),
  TREE_LIST("tree.list", TreeList.class),
  TREE_LIST_RESULT("tree.list.result", TreeListResult.class),
  TOKEN_UPDATE("token.update", TokenUpdate.class),
  TOKEN_UPDATE_RESULT("token.update.result", TokenUpdateResult.class),
  AGENT_UPDATE_AVAILABLE("agent.update.available", AgentUpdateAvailable.class),
  ERROR("error", WireError.class);

  private static final Map<String, MessageType> BY_WIRE_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(MessageType::wireName, Function.identity()));
  private static final Map<Class<?>, MessageType> BY_PAYLOAD =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(MessageType::payload, Function.identity()));

  private final String wireName;
  private final Class<? extends Message> payload;

  MessageType(String wireName, Class<? extends Message> payload) {
    this.wireName = wireName;
    this.payload = payload;
  }

  /** The envelope's {@code type}. */
  public String wireName() {
    return wireName;
  }

  /** The record of this message. */
  public Class<? extends Message> payload() {
    return payload;
  }

  /** Whether an agent may send it. */
  public boolean fromAgent() {
    return AgentMessage.class.isAssignableFrom(payload);
  }

  /** Whether the control plane may send it. */
  public boolean fromServer() {
    return ServerMessage.class.isAssignableFrom(payload);
  }

  /** Finds a type by its name on the wire; empty if this version does not know it. */
  public static Optional<MessageType> named(String wireName) {
    return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
  }

  /** The type of a message; every message has one. */
  public static MessageType of(Message message) {
    return BY_PAYLOAD.get(message.getClass());
  }
}
