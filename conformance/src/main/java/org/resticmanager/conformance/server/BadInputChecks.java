package org.resticmanager.conformance.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Talk;

/** Section 5: each kind of bad input is answered with an error, and the socket stays open. */
final class BadInputChecks {

  private static final String STRANGER = "01990000-0000-7000-8000-000000000000";
  private static final Set<String> MALFORMED = Set.of("malformed");

  /** Which of the two is seen first is nobody's promise. */
  private static final Set<String> MALFORMED_OR_NOT_YOURS = Set.of("malformed", "not_yours");

  private static final int TOO_MANY = 10;
  private static final int DEPTH = 100_000;

  private final ControlPlane server;

  BadInputChecks(ControlPlane server) {
    this.server = server;
  }

  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    bad(checks, "bad-json", "JSON that breaks off", "{\"type\":\"heartbeat\",");
    bad(checks, "bad-json-trailing", "JSON with more behind it", heartbeat("") + " x");
    bad(checks, "bad-not-json", "what is no JSON at all", "hello, world");
    bad(checks, "bad-empty", "an empty frame", "");
    bad(checks, "bad-not-object", "a list instead of an envelope", "[1,2]");
    bad(checks, "bad-no-type", "an envelope without type", "{\"payload\":{}}");
    bad(checks, "bad-type-number", "a type that is a number", "{\"type\":7,\"payload\":{}}");
    bad(
        checks,
        "bad-payload-list",
        "a payload that is a list",
        "{\"type\":\"heartbeat\",\"payload\":[]}");
    bad(
        checks,
        "bad-payload-text",
        "a payload that is a text",
        "{\"type\":\"heartbeat\",\"payload\":\"x\"}");
    bad(
        checks,
        "bad-nesting",
        "JSON nested 100,000 deep",
        "{\"type\":\"heartbeat\",\"payload\":{\"x\":"
            + "[".repeat(DEPTH)
            + "]".repeat(DEPTH)
            + "}}");
    bad(
        checks,
        "bad-missing-job",
        "job.started without job_id",
        "{\"type\":\"job.started\",\"payload\":{\"kind\":\"backup\","
            + "\"started_at\":\"2026-01-01T00:00:00Z\"}}");
    bad(
        checks,
        "bad-missing-status",
        "job.finished without status",
        "{\"type\":\"job.finished\",\"payload\":{\"job_id\":\"" + STRANGER + "\"}}");
    bad(checks, "bad-kind", "a kind of job that does not exist", started("\"frobnicate\""));
    bad(checks, "bad-status", "a status in US spelling", finished("\"canceled\"", "0"));
    bad(
        checks,
        "bad-status-no-end",
        "job.finished with status running",
        finished("\"running\"", "0"));
    bad(checks, "bad-number-text", "a number that is a text", ack("\"12\""));
    bad(checks, "bad-number-fraction", "a version with a fraction", ack("1.5"));
    bad(checks, "bad-number-huge", "a version beyond 64 bits", ack("9223372036854775808"));
    bad(checks, "bad-number-exponent", "a version of 1e999999999", ack("1e999999999"));
    bad(checks, "bad-seq-zero", "a line number below 1", line("0"));
    bad(
        checks,
        "bad-boolean",
        "a boolean that is a text",
        "{\"type\":\"repo.stats\",\"payload\":{\"lock_present\":\"yes\"}}");
    bad(
        checks,
        "bad-text",
        "a text that is a number",
        "{\"type\":\"job.started\",\"payload\":{\"job_id\":17,\"kind\":\"backup\"}}");
    bad(
        checks,
        "bad-list",
        "a list that is an object",
        "{\"type\":\"snapshots.report\",\"payload\":{\"snapshots\":{}}}");
    bad(
        checks,
        "bad-time",
        "a time that is none",
        "{\"type\":\"heartbeat\",\"payload\":{\"sent_at\":\"yesterday\"}}");
    bad(checks, "bad-progress-above", "percent_done of 1.01", progress("1.01", "0"));
    bad(checks, "bad-progress-below", "percent_done of -0.01", progress("-0.01", "0"));
    bad(checks, "bad-progress-bytes", "negative bytes_done", progress("0.5", "-1"));
    bad(
        checks,
        "bad-stats-size",
        "a negative size in repo.stats",
        "{\"type\":\"repo.stats\",\"payload\":{\"raw_size_bytes\":-1}}");
    bad(
        checks,
        "bad-snapshot-size",
        "a negative size of a snapshot",
        "{\"type\":\"snapshots.report\",\"payload\":{\"snapshots\":[{\"id\":\"abc\","
            + "\"size_bytes\":-1}]}}");
    checks.add(
        Check.of(
            "5",
            "bad-unknown-type",
            "a type that nobody knows gets error unknown_type, and the socket stays open",
            () -> answered("{\"type\":\"x.conformance\",\"payload\":{}}", Set.of("unknown_type"))));
    checks.add(
        Check.of(
            "5",
            "bad-direction",
            "a message that only a server sends gets an error, and the socket stays open",
            () ->
                answered(
                    "{\"type\":\"command.cancel\",\"payload\":{\"job_id\":\"" + STRANGER + "\"}}",
                    Set.of("unknown_type", "malformed"))));
    notYours(checks, "job.started", started("\"backup\""));
    notYours(checks, "job.progress", progress("0.5", "1"));
    notYours(checks, "log.stream", line("1"));
    notYours(checks, "job.finished", finished("\"succeeded\"", "0"));
    checks.add(
        Check.of(
            "5",
            "bad-job-id",
            "a job_id of a form that the server never gives gets an error",
            () ->
                answered(line("1").replace(STRANGER, "../../etc/passwd"), MALFORMED_OR_NOT_YOURS)));
    checks.add(
        Check.of(
            "5",
            "bad-ten",
            "nine malformed frames are borne, the tenth within a minute closes with 1008",
            this::tooMany));
    return checks;
  }

  private void bad(List<Check> checks, String id, String what, String frame) {
    // a stranger's job in the frame may be noticed first where the rest is only a wrong value
    Set<String> codes = frame.contains(STRANGER) ? MALFORMED_OR_NOT_YOURS : MALFORMED;
    checks.add(
        Check.of(
            "5", id, what + ": error, and the socket stays open", () -> answered(frame, codes)));
  }

  private void notYours(List<Check> checks, String what, String frame) {
    checks.add(
        Check.of(
            "5",
            "bad-not-yours-" + what.substring(what.indexOf('.') + 1),
            what + " of a job that is not the host's own: error not_yours",
            () -> answered(frame, Set.of("not_yours"))));
  }

  private static String heartbeat(String more) {
    return "{\"type\":\"heartbeat\",\"payload\":{\"sent_at\":\"2026-01-01T00:00:00Z\""
        + more
        + "}}";
  }

  /** Of no job, so that nothing but the number can be wrong with it. */
  private static String ack(String version) {
    return "{\"type\":\"schedule.ack\",\"payload\":{\"version\":"
        + version
        + ",\"applied_at\":\"2026-01-01T00:00:00Z\"}}";
  }

  private static String started(String kind) {
    return "{\"type\":\"job.started\",\"payload\":{\"job_id\":\""
        + STRANGER
        + "\",\"kind\":"
        + kind
        + ",\"started_at\":\"2026-01-01T00:00:00Z\"}}";
  }

  private static String finished(String status, String exitCode) {
    return "{\"type\":\"job.finished\",\"payload\":{\"job_id\":\""
        + STRANGER
        + "\",\"status\":"
        + status
        + ",\"exit_code\":"
        + exitCode
        + ",\"finished_at\":\"2026-01-01T00:00:00Z\"}}";
  }

  private static String line(String seq) {
    return "{\"type\":\"log.stream\",\"payload\":{\"job_id\":\""
        + STRANGER
        + "\",\"seq\":"
        + seq
        + ",\"ts\":\"2026-01-01T00:00:00Z\",\"stream\":\"stdout\",\"payload\":\"x\"}}";
  }

  private static String progress(String percentDone, String bytesDone) {
    return "{\"type\":\"job.progress\",\"payload\":{\"job_id\":\""
        + STRANGER
        + "\",\"percent_done\":"
        + percentDone
        + ",\"bytes_done\":"
        + bytesDone
        + "}}";
  }

  private void answered(String bad, Set<String> codes) throws Exception {
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      Talk talk = agent.talk();
      talk.sendRaw(bad);
      Frame error = talk.expect("error");
      if (!codes.contains(error.text("code"))) {
        throw new Broken("an error with the code " + String.join(" or ", codes), error.toString());
      }
      talk.expectOpen("bad input");
      talk.sendRaw(heartbeat(""));
      talk.expectTaken("a good frame after a bad one");
    }
  }

  private void tooMany() throws Exception {
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      Talk talk = agent.talk();
      for (int i = 1; i < TOO_MANY; i++) {
        talk.sendRaw("{\"type\":");
      }
      for (int i = 1; i < TOO_MANY; i++) {
        talk.expect("error");
      }
      talk.expectOpen("nine malformed frames");
      try {
        talk.sendRaw("{\"type\":");
      } catch (IOException e) {
        // closed already: the code is what counts
        talk.listen(server.patience().quiet());
      }
      talk.expectClosed(1008, "for the tenth malformed frame within a minute");
    }
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      agent.talk().expectOpen("coming back after 1008");
    }
  }
}
