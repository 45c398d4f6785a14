package org.resticmanager.conformance.server;

import java.util.ArrayList;
import java.util.List;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Talk;

/** Section 1: the habits of Go's {@code encoding/json}, which must be taken as they come. */
final class LenientReadingChecks {

  private final ControlPlane server;
  private final Operator operator;

  LenientReadingChecks(ControlPlane server, Operator operator) {
    this.server = server;
    this.operator = operator;
  }

  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(
        Check.of(
            "1",
            "go-hello",
            "a hello with year 1, null lists, unknown keys and odd key order is a base hello",
            this::hello));
    taken(
        checks,
        "go-null-list",
        "an absent list that comes as null",
        "{\"type\":\"snapshots.report\",\"payload\":{\"snapshots\":null}}");
    taken(
        checks,
        "go-null-inner-list",
        "absent lists of a snapshot that come as null, and a time of year 1",
        "{\"type\":\"snapshots.report\",\"payload\":{\"snapshots\":[{\"id\":\"abc\",\"short_id\":"
            + "\"abc\",\"time\":\"0001-01-01T00:00:00Z\",\"hostname\":\"\\u003ch\\u003e\","
            + "\"paths\":null,\"tags\":null}]}}");
    taken(
        checks,
        "go-key-order",
        "payload before type, and unknown keys everywhere",
        "{\"x\":[{}],\"payload\":{\"y\":{\"z\":null},\"sent_at\":\"2026-01-01T00:00:00Z\"},"
            + "\"type\":\"heartbeat\"}");
    taken(
        checks,
        "go-offset",
        "a time with an offset and nanoseconds",
        "{\"type\":\"heartbeat\",\"payload\":{\"sent_at\":\"2026-01-01T01:00:00.123456789+05:30\"}}");
    taken(
        checks,
        "go-white-space",
        "JSON with line breaks and indentation",
        "\n{\n\t\"type\" : \"heartbeat\",\n\t\"payload\" : {\r\n\t\t\"sent_at\" :"
            + " \"2026-01-01T00:00:00Z\"\n\t}\n}\n");
    taken(
        checks,
        "go-partial-stats",
        "repo.stats with a single field",
        "{\"type\":\"repo.stats\",\"payload\":{\"lock_present\":false}}");
    taken(
        checks,
        "go-empty-stats",
        "repo.stats with none",
        "{\"type\":\"repo.stats\",\"payload\":{}}");
    taken(
        checks,
        "go-error",
        "an error of the agent's",
        "{\"type\":\"error\",\"payload\":{\"code\":\"x\",\"message\":\"the kit complains\"}}");
    checks.add(
        Check.of(
            "1",
            "go-progress",
            "job.progress with absent numbers, which are 0",
            this::progressWithoutNumbers));
    checks.add(
        Check.of(
            "1",
            "go-finished",
            "job.finished with year 1, without stats and without error",
            this::finishedWithoutDetails));
    return checks;
  }

  private void taken(List<Check> checks, String id, String what, String frame) {
    checks.add(
        Check.of(
            "1",
            id,
            what + ": taken",
            () -> {
              try (PlayedAgent agent = server.settled(Greeting.base())) {
                agent.talk().sendRaw(frame);
                agent.talk().expectTaken(what);
              }
            }));
  }

  private void hello() throws Exception {
    try (PlayedAgent agent = server.connect()) {
      Talk talk = agent.talk();
      talk.sendRaw(
          "{\"payload\":{\"arch\":\"amd64\",\"jobs\":null,\"features\":null,\"uptime\":7,"
              + "\"boot_time\":\"0001-01-01T00:00:00Z\",\"os\":\"linux\",\"hostname\":\"conformance\","
              + "\"restic_version\":\"\",\"agent_version\":\"\\u003cdev\\u003e\","
              + "\"protocol_version\":1},\"type\":\"hello\"}");
      talk.expect("schedule.set");
      List<String> types = talk.heard().stream().map(Frame::type).toList();
      if (types.contains("welcome") || types.contains("error")) {
        throw new Broken("neither welcome nor error", "these frames came: " + types);
      }
    }
  }

  private interface Trial {
    void run(Talk talk, PlayedJob job) throws Exception;
  }

  private void running(Trial trial) throws Exception {
    operator.need("run");
    try (PlayedAgent agent = server.settled(Greeting.base())) {
      PlayedJob job = JobChecks.newJob(operator, agent);
      job.accept();
      job.start();
      trial.run(agent.talk(), job);
    }
  }

  private void progressWithoutNumbers() throws Exception {
    running(
        (talk, job) -> {
          talk.sendRaw("{\"type\":\"job.progress\",\"payload\":{\"job_id\":\"" + job.id() + "\"}}");
          talk.expectTaken("job.progress without numbers");
          job.finish("succeeded", 0);
        });
  }

  private void finishedWithoutDetails() throws Exception {
    running(
        (talk, job) -> {
          talk.sendRaw(
              "{\"type\":\"job.finished\",\"payload\":{\"job_id\":\""
                  + job.id()
                  + "\",\"status\":\"succeeded\",\"exit_code\":0,"
                  + "\"finished_at\":\"0001-01-01T00:00:00Z\"}}");
          talk.expectTaken("job.finished without details");
        });
  }
}
