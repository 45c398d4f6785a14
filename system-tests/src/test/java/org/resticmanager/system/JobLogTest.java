package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log of a job is complete, once, and can be read along with. */
@ExtendWith({SharedControlPlane.class, FailureReport.class})
class JobLogTest {

  private static final String GROUP = "files";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  @Test
  void logIsCompleteAndOnceWhenFramesAreRepeatedAndReordered(ControlPlane controlPlane) {
    try (RawAgent agent = RawAgent.enrol(controlPlane, "shuffler", GROUP).connect("ack")) {
      String job = agent.beginBackup(GROUP);
      List<Long> seqs = new ArrayList<>(LongStream.rangeClosed(1, 2000).boxed().toList());
      seqs.addAll(List.copyOf(seqs));
      Collections.shuffle(seqs, new Random(7));
      agent.log(job, seqs.stream().mapToLong(Long::longValue).toArray());

      agent.awaitConfirmed(job, 2000);
      agent.finish(job);
      controlPlane.admin().awaitEnd(job, LIMIT);

      assertThat(controlPlane.admin().log(job))
          .extracting(line -> line.getString("text"))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, 2000).mapToObj(seq -> "line " + seq).toList());
    }
  }

  @Test
  void linesThatComeTogetherAreEachInTheLog(ControlPlane controlPlane) {
    try (RawAgent agent =
        RawAgent.enrol(controlPlane, "together", GROUP).connect("ack", "log_lines")) {
      String job = agent.beginBackup(GROUP);
      agent.log(job, 1, 2);
      agent.logTogether(job, 3, 900);
      agent.logTogether(job, 800, 1500);
      agent.log(job, 1501);

      agent.awaitConfirmed(job, 1501);
      agent.finish(job);
      controlPlane.admin().awaitEnd(job, LIMIT);

      assertThat(controlPlane.admin().log(job))
          .extracting(line -> line.getString("text"))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, 1501).mapToObj(seq -> "line " + seq).toList());
    }
  }

  @Test
  void lineThatIsMissingIsNotConfirmedUntilItHasCome(ControlPlane controlPlane) {
    try (RawAgent agent = RawAgent.enrol(controlPlane, "gap", GROUP).connect("ack")) {
      String job = agent.beginBackup(GROUP);
      agent.log(job, 1, 2, 3, 5, 6);
      await().atMost(LIMIT).until(() -> controlPlane.admin().log(job).size() == 5);
      agent.awaitConfirmed(job, 3);

      agent.connect("ack");
      agent.log(job, 4);
      agent.awaitConfirmed(job, 6);
    }
  }

  @Test
  void readerSeesEachLineWithinASecondAndTheEnd(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (RawAgent agent = RawAgent.enrol(controlPlane, "live", GROUP).connect("ack")) {
      String job = agent.beginBackup(GROUP);
      agent.logRange(job, 1, 3);
      agent.awaitConfirmed(job, 3);
      try (LogReader reader = new LogReader(admin.api(), job, "", Optional.empty());
          LogReader late = new LogReader(admin.api(), job, "?after=2", Optional.empty())) {
        await().atMost(LIMIT).until(() -> reader.seqs().size() == 3);
        assertThat(late.seqs()).containsExactly(3L);

        for (long seq = 4; seq <= 8; seq++) {
          long expected = seq;
          agent.log(job, seq);
          await("line " + seq)
              .pollInterval(Duration.ofMillis(5))
              .atMost(AT_ONCE)
              .until(() -> reader.seqs().contains(expected));
        }
        agent.finish(job);
        await().atMost(AT_ONCE).until(() -> reader.end().isPresent() && late.end().isPresent());
        await().atMost(LIMIT).until(reader::over);

        assertThat(reader.end()).contains("succeeded");
        assertThat(reader.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(late.seqs()).containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(reader.events().get(4).json().getString("text")).isEqualTo("line 5");
      }
    }
  }

  @Test
  void silentJobIsHeardOfEveryFifteenSeconds(ControlPlane controlPlane) {
    try (RawAgent agent = RawAgent.enrol(controlPlane, "silent", GROUP).connect("ack");
        LogReader reader =
            new LogReader(
                controlPlane.admin().api(), agent.beginBackup(GROUP), "", Optional.empty())) {
      await().atMost(LIMIT).until(() -> reader.comments().size() >= 2);
      assertThat(reader.over()).isFalse();
    }
  }

  @Test
  void whatAReaderMayNotAskIsRefused(ControlPlane controlPlane) {
    Api api = controlPlane.admin().api();
    try (RawAgent agent = RawAgent.enrol(controlPlane, "refuser", GROUP).connect("ack")) {
      String job = agent.beginBackup(GROUP);
      String log = "/api/v1/jobs/" + job + "/log";
      assertThat(api.get(log + "/stream?after=-1").expect(422).json().getString("field"))
          .isEqualTo("after");
      api.get(log + "?after=-1").expect(422);
      api.get(log + "?limit=1001").expect(422);
    }
  }

  @Test
  void downloadsAreTheWholeLog(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (RawAgent agent = RawAgent.enrol(controlPlane, "download", GROUP).connect("ack")) {
      String job = agent.beginBackup(GROUP);
      agent.logRange(job, 1, 2500);
      agent.line(job, 2501, "red \u001b[31m bell \u0007 <b>&amp; \u202e\ttab 漢字 🦀");
      agent.line(job, 2502, "x".repeat(70_000));
      agent.awaitConfirmed(job, 2502);
      agent.finish(job);
      admin.awaitEnd(job, LIMIT);
      List<JsonObject> log = admin.log(job);
      assertThat(log).hasSize(2502);
      assertThat(log.get(2501).getString("text")).hasSizeLessThan(66_000).contains("[cut here");

      Api.Reply ndjson = admin.api().get("/api/v1/jobs/" + job + "/log.ndjson").expect(200);
      assertThat(ndjson.contentType()).isEqualTo("application/x-ndjson");
      assertThat(ndjson.header("Content-Disposition")).contains(job + ".log.ndjson");
      assertThat(ndjson.body().lines().map(JobLogTest::json).toList())
          .containsExactlyElementsOf(log);

      Api.Reply text = admin.api().get("/api/v1/jobs/" + job + "/log.txt").expect(200);
      assertThat(text.contentType()).isEqualTo("text/plain");
      List<String> lines = text.body().lines().toList();
      assertThat(lines).hasSize(2502);
      assertThat(lines.get(0)).isEqualTo("2026-03-01T12:00:00.000Z stdout line 1");
      assertThat(lines.get(2500)).endsWith(" stdout red ␛[31m bell ␇ <b>&amp; ⟨U+202E⟩␉tab 漢字 🦀");
    }
  }

  private static JsonObject json(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  @Test
  void readerGoesOnWhereItWasWhenTheServerIsStartedAgain() {
    try (ControlPlane controlPlane = new ControlPlane();
        RawAgent agent = RawAgent.enrol(controlPlane, "again", GROUP).connect("ack")) {
      Admin admin = controlPlane.admin();
      String job = agent.beginBackup(GROUP);
      agent.logRange(job, 1, 10);
      LogReader first = new LogReader(admin.api(), job, "", Optional.empty());
      await().atMost(LIMIT).until(() -> first.seqs().size() == 10);

      controlPlane.stop();
      assertThat(first.over()).isTrue();
      controlPlane.start();
      agent.connect("ack");
      agent.logRange(job, 9, 20);
      agent.finish(job);

      String last = first.events().get(9).id();
      try (LogReader second = new LogReader(admin.api(), job, "?after=3", Optional.of(last))) {
        await().atMost(LIMIT).until(() -> second.end().isPresent());
        List<Long> all = new ArrayList<>(first.seqs());
        all.addAll(second.seqs());
        assertThat(all).containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
      }
    }
  }

  @Test
  void jobsAreFoundByHostKindStatusAndTime(ControlPlane controlPlane) {
    Admin admin = controlPlane.admin();
    try (RawAgent one = RawAgent.enrol(controlPlane, "found-one", GROUP).connect("ack");
        RawAgent other = RawAgent.enrol(controlPlane, "found-other", GROUP).connect("ack")) {
      String done = one.beginBackup(GROUP);
      one.finish(done);
      admin.awaitEnd(done, LIMIT);
      String open = one.beginBackup(GROUP);
      String others = other.beginBackup(GROUP);
      // their beginning is told by a frame of its own, which nobody confirms
      await()
          .atMost(LIMIT)
          .until(() -> found(admin, "status=running").containsAll(List.of(open, others)));

      String host = "host=" + one.hostId();
      assertThat(found(admin, host + "&kind=backup")).containsExactly(open, done);
      assertThat(found(admin, host + "&kind=backup&status=running")).containsExactly(open);
      assertThat(found(admin, host + "&kind=init&status=succeeded")).hasSize(1);
      assertThat(found(admin, "status=running")).contains(others, open).doesNotContain(done);
      assertThat(found(admin, "host=" + other.hostId() + "&kind=prune")).isEmpty();

      String queuedAt = Api.segment(admin.job(open).getString("queuedAt"));
      assertThat(found(admin, host + "&kind=backup&from=" + queuedAt)).containsExactly(open);
      assertThat(found(admin, host + "&kind=backup&to=" + queuedAt)).containsExactly(done);

      JsonObject first = list(admin, host + "&limit=1");
      JsonObject second = list(admin, host + "&limit=1&cursor=" + first.getString("nextCursor"));
      assertThat(ids(first)).containsExactly(open);
      assertThat(ids(second)).containsExactly(done);
    }
  }

  @Test
  void filterThatMeansNothingIsRefusedWithItsName(ControlPlane controlPlane) {
    Api api = controlPlane.admin().api();
    for (String field : List.of("host", "kind", "status", "from", "to", "cursor")) {
      Api.Reply reply = api.get("/api/v1/jobs?" + field + "=nonsense").expect(422);
      assertThat(reply.json().getString("field")).isEqualTo(field);
    }
    api.get("/api/v1/jobs?limit=0").expect(422);
  }

  private static JsonObject list(Admin admin, String query) {
    return admin.api().get("/api/v1/jobs?" + query).expect(200).json();
  }

  private static List<String> found(Admin admin, String query) {
    return ids(list(admin, query));
  }

  private static List<String> ids(JsonObject page) {
    return page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(job -> job.getString("id"))
        .toList();
  }
}
