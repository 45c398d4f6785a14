package org.resticmanager.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireCodecTest {

  private final WireCodec codec = new WireCodec();

  @Test
  void fieldNamesAreThoseOfTheSeed() {
    var started = new JobStarted("j1", JobKind.BACKUP, Instant.parse("2026-05-04T10:19:15.5Z"));

    assertThat(codec.encode(started))
        .isEqualTo(
            "{\"type\":\"job.started\",\"payload\":{\"job_id\":\"j1\",\"kind\":\"backup\","
                + "\"started_at\":\"2026-05-04T10:19:15.500Z\"}}");
  }

  @Test
  void aMessageComesBackAsItWasSent() {
    var run =
        CommandRun.of("j1", JobKind.BACKUP)
            .includes(List.of("/home/a b", "/srv/\"q\"\n"))
            .excludes(List.of("*.tmp"))
            .tag("home")
            .retentionPolicy(new RetentionPolicy(3, 0, 0, 0, 0, 0, "", List.of()))
            .build();

    assertThat(codec.decodeFromServer(codec.encode(run, Optional.of("7"))))
        .isEqualTo(new Decoded.Understood(Optional.of("7"), run));
  }

  @Test
  void whatIsAbsentIsNotWritten() {
    assertThat(codec.encode(new RepoStats(null, 5L, null, null, null, null, null, null, null)))
        .contains("\"raw_size_bytes\":5")
        .doesNotContain("null")
        .doesNotContain("total_size_bytes");
  }

  @Test
  void habitsOfGoPeersAreTakenAsTheyCome() {
    String frame =
        "{\"payload\":{\"new_key\":1,\"snapshots\":[{\"id\":\"abc\",\"paths\":null,\"hostname\":"
            + "\"\\u003ch\\u003e\",\"time\":\"0001-01-01T00:00:00Z\"}]},\"type\":\"snapshots.report\"}";

    assertThat(codec.decodeFromAgent(frame))
        .isEqualTo(
            new Decoded.Understood(
                Optional.empty(),
                SnapshotsReport.whole(
                    List.of(new Snapshot("abc", "", null, "<h>", List.of(), List.of(), 0, 0)))));
  }

  @Test
  void timestampsMayHaveAnyOffsetAndNanoseconds() {
    String frame =
        "{\"type\":\"heartbeat\",\"payload\":{\"sent_at\":\"2026-05-04T10:19:15.123456789+01:00\"}}";

    assertThat(codec.decodeFromAgent(frame))
        .isEqualTo(
            new Decoded.Understood(
                Optional.empty(), new Heartbeat(Instant.parse("2026-05-04T09:19:15.123456789Z"))));
  }

  @Test
  void ofATextThatLooksLikeAnInsertionOnlyTheReasonComesBack() {
    String frame =
        "{\"type\":\"config.update\",\"payload\":{\"repo_url\":\"rest:x\",\"repo_password\":";
    for (String secret :
        List.of("[\"pw-1\"]", "{\"pw-1\":1}", "\"pw-1\\x\"", "\"pw-1", "pw-1", "\"pw-1\"pw-1")) {
      assertThat(codec.decodeFromServer(frame + secret + "}}"))
          .isInstanceOfSatisfying(
              Decoded.Malformed.class,
              malformed -> assertThat(malformed.reason()).doesNotContain("pw-1"));
    }
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "[".repeat(400_000);
    assertMalformed("{\"type\":\"hello\",\"payload\":" + deep, "payload is not an object");
    assertMalformed(
        "{\"type\":\"hello\",\"payload\":{\"x\":" + deep, "payload is nested too deeply");
    assertMalformed("{\"payload\":" + deep, "payload is nested too deeply");
    assertMalformed("{\"x\":" + "{\"x\":".repeat(400_000), "frame is nested too deeply");
    assertMalformed(
        "{\"type\":\"job.finished\",\"payload\":{\"job_id\":\"j\",\"stats\":{\"x\":" + deep,
        "stats is nested too deeply");
  }

  @Test
  void longNumbersAreRefused() {
    String digits = "1".repeat(500_000);
    assertMalformed(
        "{\"type\":\"schedule.ack\",\"payload\":{\"version\":" + digits + "}}",
        "version is beyond all bounds");
    assertMalformed(
        "{\"type\":\"job.finished\",\"payload\":{\"stats\":{\"x\":[0." + digits + "]}}}",
        "stats is beyond all bounds");
  }

  @Test
  void aSummaryHasAsManyValuesAsAnySummaryAndNoMore() {
    String many = "{\"x\":[0" + ",0".repeat(3_998) + "]}";
    String frame =
        "{\"type\":\"job.finished\",\"payload\":{\"job_id\":\"j\",\"status\":\"failed\",\"stats\":";
    assertThat(codec.decodeFromAgent(frame + many + "}}")).isInstanceOf(Decoded.Understood.class);
    assertMalformed(frame + many.replace("[", "[0,") + "}}", "stats holds more than 4000 values");
  }

  @Test
  void anIdHasABound() {
    String id = "i".repeat(WireCodec.MAX_ID_LENGTH);
    assertThat(codec.decodeFromAgent("{\"id\":\"" + id + "\",\"type\":\"heartbeat\"}"))
        .isEqualTo(new Decoded.Understood(Optional.of(id), new Heartbeat(null)));
    assertMalformed("{\"id\":\"" + id + "i\",\"type\":\"heartbeat\"}", "id is longer than 200");
  }

  @Test
  void anUnknownTypeIsReportedInOneShortLine() {
    assertThat(codec.decodeFromAgent("{\"type\":\"a\\nb\\u2028" + "c".repeat(1000) + "\"}"))
        .isEqualTo(new Decoded.UnknownType("a?b?" + "c".repeat(60)));
  }

  @Test
  void halfASurrogatePairIsWrittenAsAnEscape() {
    var line =
        new LogStream("j", 1, null, LogStreamName.STDOUT, "\ud83d \ude00 \ud83d\ude00 \ud83d");

    String frame = codec.encode(line);

    assertThat(frame).contains("\"\\ud83d \\ude00 \ud83d\ude00 \\ud83d\"");
    assertThat(codec.decodeFromAgent(frame))
        .isEqualTo(new Decoded.Understood(Optional.empty(), line));
  }

  @Test
  void linesInOneMessageAreNumberedFromTheFirstOnAndTheirNumberHasABound() {
    LoggedLine line = new LoggedLine(Instant.EPOCH, LogStreamName.STDERR, "text");

    assertThat(new LogLines("j", 7, List.of(line, line)).oneByOne())
        .containsExactly(
            new LogStream("j", 7, Instant.EPOCH, LogStreamName.STDERR, "text"),
            new LogStream("j", 8, Instant.EPOCH, LogStreamName.STDERR, "text"));
    String most = "{\"stream\":\"stdout\"}" + ",{\"stream\":\"stdout\"}".repeat(999);
    String frame =
        "{\"type\":\"log.lines\",\"payload\":{\"job_id\":\"j\",\"first_seq\":1,\"lines\":[%s]}}";
    assertThat(codec.decodeFromAgent(frame.formatted(most))).isInstanceOf(Decoded.Understood.class);
    assertMalformed(
        frame.formatted(most + ",{\"stream\":\"stdout\"}"), "lines has more than 1000 values");
  }

  @Test
  void whatAMessageHoldsOfANewerVersionIsPassedOver() {
    assertThat(
            codec.decodeFromAgent(
                "{\"new\":[{}],\"type\":\"heartbeat\",\"payload\":{\"new\":{\"a\":[1e999,null]}}}"))
        .isEqualTo(new Decoded.Understood(Optional.empty(), new Heartbeat(null)));
  }

  @Test
  void aTypeOfTheOtherSideIsUnknown() {
    assertThat(codec.decodeFromAgent(codec.encode(new EventAck("j", 1, false))))
        .isEqualTo(new Decoded.UnknownType("event.ack"));
    assertThat(codec.decodeFromAgent("{\"type\":\"novelty\"}"))
        .isEqualTo(new Decoded.UnknownType("novelty"));
  }

  @Test
  void secretsDoNotShowInToString() {
    assertThat(
            ConfigUpdate.of(ConfigUpdate.SLOT_REPO)
                .repoUrl("rest:x")
                .repoPassword("pw-1")
                .repoUsername("u")
                .repoCredential("pw-2")
                .build()
                .toString())
        .doesNotContain("pw-");
  }

  private void assertMalformed(String frame, String reason) {
    assertThat(codec.decodeFromAgent(frame))
        .isInstanceOfSatisfying(
            Decoded.Malformed.class, malformed -> assertThat(malformed.reason()).contains(reason));
  }
}
