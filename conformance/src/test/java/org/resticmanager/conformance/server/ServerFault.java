package org.resticmanager.conformance.server;

/** What a control plane can do wrong, with the check that must find it and a word of its report. */
enum ServerFault {
  TAKES_BINARY("frame-binary", "1003"),
  TAKES_ANY_SIZE("frame-too-large", "1009"),
  WELCOMES_ALL("connect-order-base", "no welcome"),
  NAMES_ITS_OWN_FEATURES("welcome", "these too: [log_lines, parts, resume, snapshots_added]"),
  SCHEDULES_BEFORE_CONFIG("connect-order", "[welcome, schedule.set, config.update"),
  NO_EMPTY_SCHEDULES("schedule-set", "schedule.set"),
  NO_HELP_URL("protocol-too-old", "help_url"),
  KEEPS_OLDER("newest-wins", "4002"),
  ANSWERS_HEARTBEATS("heartbeat", "thanks"),
  COMMAND_WITHOUT_ID("command-run", "command.run"),
  FORGETS_THE_QUEUE("connect-queue", "command.run"),
  CANCELS_NOTHING("cancel", "command.cancel"),
  LAST_END_WINS("finished-contradicted", "failed"),
  REOPENS_ENDED_JOBS("late-messages", "running"),
  ACKS_ACROSS_GAPS("ack-contiguous", "beyond line 2"),
  TAKES_FIRST_LINE_ONLY("log-lines", "event.ack with seq 4"),
  ACKS_UNASKED("ack-base", "event.ack"),
  NEVER_ACKS_THE_END("ack-finished", "finished=true"),
  KEEPS_LONG_LINES("line-long", "204800"),
  FORGETS_LOST_JOBS("resume-lost", "running"),
  REPEATS_SCHEDULE_VERSION("schedule-push", "a version above"),
  FIRES_TWICE("schedule-fire-repeated", "command.run"),
  FIRES_FIRST_GROUP_ONLY("schedule-fire", "command.run"),
  IGNORES_BAD_INPUT("bad-json", "error"),
  CLOSES_ON_BAD_INPUT("bad-list", "closed with 1008"),
  BEARS_ALL_BAD_INPUT("bad-ten", "1008"),
  TAKES_STRANGERS("bad-not-yours-stream", "error"),
  ADDS_SNAPSHOTS("snapshots-replace", "2 snapshots"),
  COUNTS_HALF_REPORTS("snapshots-parts", "there are 5"),
  TAKES_ADDED_FOR_ALL("snapshots-added", "3 snapshots"),
  WRITES_NULL("frames", "null"),
  TELLS_SECRETS("secrets", "error");

  private final String check;
  private final String word;

  ServerFault(String check, String word) {
    this.check = check;
    this.word = word;
  }

  /** The check that is there to find it. */
  String check() {
    return check;
  }

  /** What the report must say, among other things. */
  String word() {
    return word;
  }
}
