package org.resticmanager.conformance.agent;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Talk;
import org.resticmanager.protocol.wire.CommandCancel;
import org.resticmanager.protocol.wire.CommandRun;

/** Section 2: jobs, with a real restic on the agent's side. */
final class JobChecks {

  private static final Duration CANCEL_LIMIT = Duration.ofSeconds(45);
  private static final int INTERRUPTED = 130;

  private final Agent agent;

  JobChecks(Agent agent) {
    this.agent = agent;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "2",
            "init",
            "after config.update, init makes the repository, and command.result repeats the id",
            this::init),
        Check.of(
            "2",
            "backup-base",
            "for a base server: result, started, progress, log, stats, snapshots, finished",
            () -> backup(Speech.BASE)),
        Check.of("2", "backup", "the same with extensions", () -> backup(Speech.EXTENDED)),
        Check.of(
            "2",
            "backup-go",
            "a command with null lists, escapes and unknown keys is run",
            this::goCommand),
        Check.of(
            "2",
            "backup-fails",
            "a backup of what does not exist ends as failed, with an error in words",
            this::fails),
        Check.of(
            "2",
            "config-wrong-password",
            "a config.update is taken at once: with a wrong password the backup fails",
            this::wrongPassword),
        Check.of(
            "2",
            "config-partial",
            "a field that is absent in config.update leaves the old value",
            this::partialUpdate),
        Check.of(
            "2",
            "command-repeated",
            "a command.run that comes again after the end is answered and not run again",
            this::repeatedAfterTheEnd),
        Check.of(
            "2",
            "command-repeated-running",
            "nor is one that comes again while its job runs",
            this::repeatedWhileRunning),
        Check.of(
            "2",
            "command-refused",
            "a kind that the agent cannot run is refused with a reason, or an error",
            this::refused),
        Check.of(
            "4",
            "forget-empty",
            "a forget with an empty policy is refused: it would delete everything",
            this::emptyPolicy),
        Check.of(
            "2",
            "cancel",
            "a cancelled backup ends as cancelled with 130, and leaves no lock in the way",
            this::cancel),
        Check.of(
            "2",
            "cancel-stranger",
            "cancelling a job that the agent does not know does no harm",
            this::cancelStranger));
  }

  private void init() throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    CommandRun init = agent.workbench().init();
    server.command(init);
    Frame result = server.talk().expect("command.result", init.jobId());
    if (!result.id().equals(Optional.of(init.jobId()))) {
      throw new Broken("command.result with the id of the command, " + init.jobId(), "" + result);
    }
    if (!result.isTrue("accepted")) {
      throw new Broken("command.result with accepted=true", result.toString());
    }
    Frame end = server.end(init.jobId(), Duration.ofSeconds(60));
    if (!end.text("status").equals("succeeded")) {
      throw new Broken("init to succeed", end.toString());
    }
    if (!agent.workbench().repositoryExists()) {
      throw new Broken("a repository where config.update said", "there is none");
    }
    agent.repositoryIsMade();
  }

  private void backup(Speech speech) throws Exception {
    PlayedServer server = agent.withRepository(speech);
    Talk talk = server.talk();
    int from = talk.heard().size();
    CommandRun command = agent.workbench().backup();
    agent.succeeds(server, command);
    talk.hearOut();
    List<Frame> heard = talk.heard().subList(from, talk.heard().size());
    needOrder(heard, command.jobId());
    needLines(server.of(command.jobId()));
    needSnapshot(heard, command.tag());
    Frame end = last(heard, "job.finished");
    if (!(end.payload().get("stats") instanceof JsonObject)) {
      throw new Broken("restic's summary as stats of job.finished", end.toString());
    }
  }

  private static Frame last(List<Frame> frames, String type) {
    return frames.stream()
        .filter(frame -> frame.type().equals(type))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new Broken("a frame of the type " + type, "none came"));
  }

  private static void needOrder(List<Frame> heard, String jobId) {
    List<String> types =
        heard.stream()
            .filter(f -> f.text("job_id").isEmpty() || f.text("job_id").equals(jobId))
            .map(Frame::type)
            .toList();
    int result = types.indexOf("command.result");
    int started = types.indexOf("job.started");
    int finished = types.indexOf("job.finished");
    boolean once =
        types.stream().filter("job.started"::equals).count() == 1
            && types.stream().filter("job.finished"::equals).count() == 1;
    boolean inside = true;
    for (String type : List.of("job.progress", "log.stream", "repo.stats", "snapshots.report")) {
      inside &= types.indexOf(type) > started && types.lastIndexOf(type) < finished;
    }
    if (!once || result < 0 || result > started || !inside) {
      throw new Broken(
          "command.result, job.started once, then job.progress, log.stream, repo.stats and"
              + " snapshots.report, then job.finished once",
          "these frames came: " + types);
    }
  }

  private static void needLines(List<Frame> ofJob) {
    List<Long> numbers =
        ofJob.stream()
            .filter(frame -> frame.type().equals("log.stream"))
            .map(frame -> frame.number("seq"))
            .toList();
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) != i + 1) {
        throw new Broken("log lines numbered from 1 without gaps", "these came: " + numbers);
      }
    }
  }

  private static void needSnapshot(List<Frame> heard, String tag) {
    Frame report = last(heard, "snapshots.report");
    boolean there =
        report.objects("snapshots").stream()
            .filter(snapshot -> snapshot.get("tags") != null)
            .flatMap(snapshot -> snapshot.getJsonArray("tags").stream())
            .anyMatch(value -> value instanceof JsonString text && text.getString().equals(tag));
    if (!there) {
      throw new Broken("the new snapshot, tagged " + tag + ", in snapshots.report", "" + report);
    }
  }

  private void goCommand() throws Exception {
    PlayedServer server = agent.withRepository(Speech.BASE);
    String jobId = Workbench.newJobId();
    String path = agent.workbench().source().toString().replace("\\", "\\\\");
    server
        .talk()
        .sendRaw(
            "{\"payload\":{\"x\":1,\"excludes\":null,\"args\":null,\"retention_policy\":null,"
                + "\"includes\":[\""
                + path
                + "\"],\"tag\":\"a\\u0026b\",\"kind\":\"backup\",\"job_id\":\""
                + jobId
                + "\"},\"id\":\"go-1\",\"type\":\"command.run\"}");
    Frame result = server.talk().expect("command.result", jobId);
    if (!result.isTrue("accepted") || !result.id().equals(Optional.of("go-1"))) {
      throw new Broken("command.result with accepted=true and the id go-1", result.toString());
    }
    Frame end = server.end(jobId, Duration.ofSeconds(60));
    if (!end.text("status").equals("succeeded")) {
      throw new Broken("the backup to succeed", end.toString());
    }
  }

  private void fails() throws Exception {
    PlayedServer server = agent.withRepository(Speech.BASE);
    Frame end =
        agent.run(
            server,
            agent.workbench().backupOf(agent.workbench().source().resolve("does-not-exist")));
    if (!end.text("status").equals("failed") || end.text("error").isEmpty()) {
      throw new Broken("job.finished with status failed and an error", end.toString());
    }
  }

  private void wrongPassword() throws Exception {
    PlayedServer server = agent.withRepository(Speech.BASE);
    server.talk().send(agent.workbench().connection("wrong-" + Workbench.newJobId()));
    Frame end = agent.run(server, agent.workbench().backup());
    server.talk().send(agent.workbench().connection());
    if (!end.text("status").equals("failed") || end.text("error").isEmpty()) {
      throw new Broken("job.finished with status failed and an error", end.toString());
    }
    agent.succeeds(server, agent.workbench().backup());
  }

  private void partialUpdate() throws Exception {
    PlayedServer server = agent.withRepository(Speech.BASE);
    server.talk().sendRaw("{\"type\":\"config.update\",\"payload\":{\"hook_shell\":\"/bin/sh\"}}");
    agent.succeeds(server, agent.workbench().backup());
  }

  private void repeatedAfterTheEnd() throws Exception {
    for (Speech speech : Speech.values()) {
      PlayedServer server = agent.withRepository(speech);
      CommandRun command = agent.workbench().backup();
      agent.succeeds(server, command);
      server.talk().hearOut();
      Frame started = last(server.of(command.jobId()), "job.started");
      server.talk().forgetPending();
      server.command(command);
      server.talk().expect("command.result", command.jobId());
      server
          .talk()
          .expectNone(
              "second run of the same job",
              frame ->
                  frame.isOf("job.started", command.jobId())
                      && !frame.text("started_at").equals(started.text("started_at")),
              agent.patience().quiet().multipliedBy(3));
    }
  }

  private void repeatedWhileRunning() throws Exception {
    PlayedServer server = agent.withRepository(Speech.BASE);
    CommandRun command = agent.workbench().endlessBackup();
    server.accepted(command);
    server.talk().expect("job.started", command.jobId());
    server.command(command);
    server.talk().expect("command.result", command.jobId());
    server
        .talk()
        .expectNone(
            "second job.started",
            frame -> frame.isOf("job.started", command.jobId()),
            agent.patience().quiet().multipliedBy(3));
    server.talk().send(new CommandCancel(command.jobId()));
    server.end(command.jobId(), CANCEL_LIMIT);
    server
        .talk()
        .expectNone(
            "second run after the first was cancelled",
            frame -> frame.isOf("job.started", command.jobId()));
  }

  private void refused() throws Exception {
    String jobId = Workbench.newJobId();
    refused(
        jobId,
        "{\"type\":\"command.run\",\"id\":\"r-1\",\"payload\":{\"job_id\":\""
            + jobId
            + "\",\"kind\":\"frobnicate\"}}");
  }

  private void emptyPolicy() throws Exception {
    for (String policy : List.of("{}", "null", "{\"keep_last\":0,\"keep_tag\":[]}")) {
      String jobId = Workbench.newJobId();
      refused(
          jobId,
          "{\"type\":\"command.run\",\"id\":\"f-1\",\"payload\":{\"job_id\":\""
              + jobId
              + "\",\"kind\":\"forget\",\"tag\":\"conformance\",\"retention_policy\":"
              + policy
              + "}}");
    }
  }

  private void refused(String jobId, String command) throws Exception {
    PlayedServer server = agent.withRepository(Speech.BASE);
    server.talk().sendRaw(command);
    Frame answer =
        server
            .talk()
            .expect(
                "command.result or error",
                frame -> frame.isOf("command.result", jobId) || frame.type().equals("error"));
    boolean refused =
        answer.type().equals("error")
            || (!answer.isTrue("accepted") && !answer.text("error").isEmpty());
    if (!refused) {
      throw new Broken("command.result with accepted=false and a reason", answer.toString());
    }
    server.talk().expectNone("start of it", frame -> frame.isOf("job.started", jobId));
    server.talk().expectOpen("a command that is refused");
  }

  private void cancel() throws Exception {
    PlayedServer server = agent.withRepository(Speech.BASE);
    String jobId = agent.startEndless(server);
    server.talk().send(new CommandCancel(jobId));
    // somebody impatient
    server.talk().send(new CommandCancel(jobId));
    Frame end = server.end(jobId, CANCEL_LIMIT);
    if (!end.text("status").equals("cancelled") || end.number("exit_code") != INTERRUPTED) {
      throw new Broken("job.finished with status cancelled and exit code 130", end.toString());
    }
    agent.succeeds(server, agent.workbench().backup());
  }

  private void cancelStranger() throws Exception {
    PlayedServer server = agent.withRepository(Speech.BASE);
    server.talk().send(new CommandCancel(Workbench.newJobId()));
    server.talk().listen(agent.patience().quiet());
    server.talk().expectOpen("a cancel of a stranger");
    agent.succeeds(server, agent.workbench().backup());
  }
}
