package org.resticmanager.conformance.agent;

/** What an agent can do wrong, with the check that must find it and a word of its report. */
enum AgentFault {
  NO_TOKEN("upgrade-token", "there was none"),
  BEGINS_WITH_HEARTBEAT("hello-first", "heartbeat"),
  HELLO_WITHOUT_OS("hello", "os is neither"),
  IGNORES_HEARTBEAT_SECONDS("heartbeat-welcome", "a heartbeat"),
  ACKS_OTHER_VERSION("schedule-ack", "schedule.ack with version"),
  NEVER_ACKS_SCHEDULES("schedule-ack-empty", "schedule.ack"),
  CHOKES_ON_NULL("schedule-null-list", "schedule.ack"),
  LEAVES_ON_BAD_CRON("schedule-bad-cron", "schedule.ack or error"),
  RESULT_WITHOUT_ID("init", "with the id of the command"),
  MAKES_NO_REPOSITORY("init", "there is none"),
  FINISHES_TOO_EARLY("backup-base", "these frames came"),
  STARTS_NOT_AT_ONE("backup-base", "these came: [2, 3]"),
  TELLS_NO_SNAPSHOT("backup", "snapshots.report"),
  SUCCEEDS_ALWAYS("backup-fails", "failed"),
  KEEPS_FIRST_PASSWORD("config-wrong-password", "status failed"),
  FORGETS_ABSENT_FIELDS("config-partial", "succeeds"),
  RUNS_AGAIN("command-repeated", "second run"),
  ACCEPTS_EMPTY_POLICY("forget-empty", "accepted=false"),
  CANCELS_AS_FAILED("cancel", "status cancelled"),
  SENDS_NOTHING_AGAIN("resend", "job.finished again"),
  NUMBERS_AGAIN("resend", "these numbers came: [11, 12]"),
  REPEATS_THE_CONFIRMED("resend-confirmed", "whose end was confirmed"),
  HOLDS_NOTHING("hello-jobs", "in hello.jobs"),
  HOLDS_AS_QUEUED("survives", "status running"),
  IGNORES_BAD_INPUT("bad-json", "error"),
  CLOSES_ON_BAD_INPUT("bad-list", "closed with 1008"),
  TAKES_ANY_SIZE("frame-too-large", "1009"),
  TAKES_BINARY("frame-binary", "1003"),
  COMES_BACK_TOO_OLD("too-old", "came back"),
  STAYS_TOO_OLD("too-old", "runs still"),
  WRITES_NULL("frames", "null"),
  SPEAKS_PARTS_UNASKED("frames", "'part' is the extension 'parts'"),
  TELLS_THE_PASSWORD("secrets", "log.stream");

  private final String check;
  private final String word;

  AgentFault(String check, String word) {
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
