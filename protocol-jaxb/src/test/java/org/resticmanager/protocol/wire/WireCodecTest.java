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
  void badInputNamesTheFieldAndTheReason() {
    assertMalformed(
        "{\"type\":\"job.progress\",\"payload\":{\"job_id\":\"j\",\"percent_done\":2}}",
        "percent_done");
    assertMalformed(
        "{\"type\":\"job.progress\",\"payload\":{\"job_id\":\"j\",\"bytes_done\":-1}}",
        "bytes_done");
    assertMalformed("{\"type\":\"job.started\",\"payload\":{\"kind\":\"backup\"}}", "job_id");
    assertMalformed(
        "{\"type\":\"job.started\",\"payload\":{\"job_id\":\"j\",\"kind\":\"burn\"}}",
        "kind is none of backup");
    assertMalformed("{\"type\":\"job.started\",\"payload\":[]}", "payload");
    assertMalformed("{\"payload\":{}}", "type");
    assertMalformed("{", "");
    assertMalformed("[]", "");
  }

  @Test
  void deepNestingIsNoCrash() {
    assertMalformed("{\"type\":\"hello\",\"payload\":" + "[".repeat(400_000), "");
  }

  @Test
  void aTypeOfTheOtherSideIsUnknown() {
    assertThat(codec.decodeFromAgent(codec.encode(new EventAck("j", 1, false))))
        .isEqualTo(new Decoded.UnknownType("event.ack"));
    assertThat(codec.decodeFromAgent("{\"type\":\"novelty\"}"))
        .isEqualTo(new Decoded.UnknownType("novelty"));
  }

  @Test
  void everyMessageHasATypeName() {
    for (Class<?> side : Message.class.getPermittedSubclasses()) {
      for (Class<?> message : side.getPermittedSubclasses()) {
        assertThat(MessageType.values()).anyMatch(type -> type.payload().equals(message));
      }
    }
  }

  @Test
  void secretsDoNotShowInToString() {
    assertThat(new ConfigUpdate("repo", "rest:x", "pw-1", "u", "pw-2", null, null, null).toString())
        .doesNotContain("pw-");
  }

  private void assertMalformed(String frame, String reason) {
    assertThat(codec.decodeFromAgent(frame))
        .isInstanceOfSatisfying(
            Decoded.Malformed.class, malformed -> assertThat(malformed.reason()).contains(reason));
  }
}
