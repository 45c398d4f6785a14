package org.resticmanager.conformance.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Talk;
import org.resticmanager.protocol.wire.CommandResult;
import org.resticmanager.protocol.wire.JobFinished;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.JobStarted;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.LogLines;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;
import org.resticmanager.protocol.wire.LoggedLine;
import org.resticmanager.protocol.wire.RepoStats;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;

/** A job that the kit, as the agent, was asked to run and pretends to run. */
final class PlayedJob {

  private final Talk talk;
  private final Frame command;

  PlayedJob(Talk talk, Frame command) {
    this.talk = talk;
    this.command = command;
  }

  /** The same job on another connection. */
  PlayedJob on(Talk other) {
    return new PlayedJob(other, command);
  }

  String id() {
    return command.text("job_id");
  }

  Frame command() {
    return command;
  }

  void accept() throws IOException {
    talk.send(new CommandResult(id(), true, ""), command.id());
  }

  void start() throws IOException {
    talk.send(new JobStarted(id(), JobKind.named(command.text("kind")), Instant.now()));
  }

  void progress(double done) throws IOException {
    talk.send(new JobProgress(id(), done, 1, 2, 100, 200, 3, 1000));
  }

  void line(long seq, String text) throws IOException {
    talk.send(new LogStream(id(), seq, Instant.now(), LogStreamName.STDOUT, text));
  }

  void lines(long firstSeq, String... texts) throws IOException {
    talk.send(
        new LogLines(
            id(),
            firstSeq,
            Stream.of(texts)
                .map(text -> new LoggedLine(Instant.now(), LogStreamName.STDOUT, text))
                .toList()));
  }

  void stats() throws IOException {
    talk.send(new RepoStats(200L, 100L, 2L, 1L, null, "", false, null, null));
  }

  void snapshots() throws IOException {
    talk.send(
        SnapshotsReport.whole(
            List.of(
                new Snapshot(
                    "c0".repeat(32),
                    "c0c0c0c0",
                    OffsetDateTime.now(ZoneOffset.UTC),
                    "conformance",
                    List.of("/conformance"),
                    List.of(command.text("tag")),
                    200,
                    2))));
  }

  void finish(String status, int exitCode) throws IOException {
    talk.send(finished(status, exitCode));
  }

  JobFinished finished(String status, int exitCode) {
    JsonObject stats =
        Json.createObjectBuilder()
            .add("message_type", "summary")
            .add("files_new", 2)
            .add("total_bytes_processed", 200)
            .add("snapshot_id", "c0".repeat(32))
            .build();
    return new JobFinished(
        id(),
        JobStatus.named(status),
        exitCode,
        Instant.now(),
        stats,
        status.equals("succeeded") ? "" : "the conformance kit says so");
  }
}
