package org.resticmanager.conformance.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.FrameRules;
import org.resticmanager.conformance.wire.Talk;

/** Section 5: bad input is answered with an error, and the socket stays open. */
final class BadInputChecks {

  private static final int DEPTH = 100_000;
  private static final int PADDING = 20;

  private final Agent agent;

  BadInputChecks(Agent agent) {
    this.agent = agent;
  }

  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    bad(checks, "bad-json", "JSON that breaks off", "{\"type\":\"schedule.set\",");
    bad(checks, "bad-not-object", "a list instead of an envelope", "[1,2]");
    bad(checks, "bad-no-type", "an envelope without type", "{\"payload\":{}}");
    bad(
        checks,
        "bad-payload",
        "a payload that is a text",
        "{\"type\":\"schedule.set\",\"payload\":\"x\"}");
    bad(
        checks,
        "bad-missing",
        "command.run without job_id",
        "{\"type\":\"command.run\",\"id\":\"1\",\"payload\":{\"kind\":\"backup\"}}");
    bad(
        checks,
        "bad-number",
        "a version that is a text",
        "{\"type\":\"schedule.set\",\"payload\":{\"version\":\"one\",\"schedules\":[]}}");
    bad(
        checks,
        "bad-exponent",
        "a version of 1e999999999",
        "{\"type\":\"schedule.set\",\"payload\":{\"version\":1e999999999,\"schedules\":[]}}");
    bad(
        checks,
        "bad-list",
        "a list that is an object",
        "{\"type\":\"schedule.set\",\"payload\":{\"version\":1,\"schedules\":{}}}");
    bad(
        checks,
        "bad-slot",
        "a slot that does not exist",
        "{\"type\":\"config.update\",\"payload\":{\"slot\":\"conformance\",\"repo_url\":\"/x\"}}");
    bad(
        checks,
        "bad-nesting",
        "JSON nested 100,000 deep",
        "{\"type\":\"schedule.set\",\"payload\":{\"x\":"
            + "[".repeat(DEPTH)
            + "]".repeat(DEPTH)
            + "}}");
    checks.add(
        Check.of(
            "5",
            "bad-unknown-type",
            "a type that nobody knows: error unknown_type, and the socket stays open",
            () -> answered("{\"type\":\"x.conformance\",\"payload\":{}}", Set.of("unknown_type"))));
    checks.add(
        Check.of(
            "5",
            "bad-direction",
            "a message that only an agent sends: an error, and the socket stays open",
            () ->
                answered(
                    "{\"type\":\"heartbeat\",\"payload\":{\"sent_at\":\"2026-01-01T00:00:00Z\"}}",
                    Set.of("unknown_type", "malformed"))));
    checks.add(
        Check.of(
            "2",
            "update-available",
            "agent.update.available is for information: no error, and nothing happens",
            this::updateAvailable));
    checks.add(Check.of("1", "frame-of-1-mib", "a frame of exactly 1 MiB is taken", this::largest));
    checks.add(
        Check.of(
            "1", "frame-too-large", "a larger frame closes the socket with 1009", this::tooLarge));
    checks.add(
        Check.of("1", "frame-binary", "a binary frame closes the socket with 1003", this::binary));
    return checks;
  }

  private void bad(List<Check> checks, String id, String what, String frame) {
    checks.add(
        Check.of(
            "5",
            id,
            what + ": error malformed, and the socket stays open",
            () -> answered(frame, Set.of("malformed"))));
  }

  private void answered(String bad, Set<String> codes) throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    Talk talk = server.talk();
    talk.sendRaw(bad);
    Frame error = talk.expect("error");
    if (!codes.contains(error.text("code"))) {
      throw new Broken("an error with the code " + String.join(" or ", codes), error.toString());
    }
    talk.expectOpen("bad input");
    server.schedules(agent.schedules(List.of()));
  }

  private void updateAvailable() throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    server
        .talk()
        .sendRaw(
            "{\"type\":\"agent.update.available\",\"payload\":{\"latest_version\":\"99.0.0\","
                + "\"package_url\":\"https://example.invalid/\"}}");
    server.talk().expectTaken("agent.update.available");
  }

  private String scheduleSetOf(int bytes) {
    String head =
        "{\"type\":\"schedule.set\",\"payload\":{\"version\":"
            + agent.schedules(List.of()).version()
            + ",\"schedules\":[],\"filler\":\"";
    String tail = "\"}}";
    return head + "x".repeat(bytes - head.length() - tail.length()) + tail;
  }

  private void largest() throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    server.talk().sendRaw(scheduleSetOf(FrameRules.LARGEST_FRAME_BYTES));
    server.talk().expect("schedule.ack");
  }

  private void tooLarge() throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    try {
      server.talk().sendRaw(scheduleSetOf(FrameRules.LARGEST_FRAME_BYTES + PADDING));
    } catch (IOException e) {
      // closed while we were still sending: the code is what counts
      server.talk().listen(agent.patience().quiet());
    }
    server.talk().expectClosed(1009, "for a frame of more than 1 MiB");
  }

  private void binary() throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    server.talk().socket().sendBinary("{}".getBytes(StandardCharsets.UTF_8));
    server.talk().expectClosed(1003, "for a binary frame");
  }
}
