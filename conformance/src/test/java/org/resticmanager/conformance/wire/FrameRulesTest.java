package org.resticmanager.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.MessageType;

class FrameRulesTest {

  private static final Path GOLDEN = Path.of("../protocol-jaxb/src/test/resources/golden");

  private static final Set<String> ALL =
      Set.of(
          Feature.ACK,
          Feature.RESUME,
          Feature.PARTS,
          Feature.FORGET_GROUPS,
          Feature.RESTORE,
          Feature.DIFF,
          Feature.TEST,
          Feature.KEY,
          Feature.TREE,
          Feature.TOKEN,
          Feature.HOOKS,
          Feature.EXCLUDE_OPTIONS,
          Feature.SCHEDULE_ZONE,
          Feature.BANDWIDTH,
          Feature.ENVIRONMENT,
          Feature.READ_DATA_SUBSET,
          Feature.COMPRESSION,
          Feature.SNAPSHOTS_ADDED,
          Feature.CURRENT_FILE,
          Feature.LOG_LINES,
          Feature.UPDATE);

  @Test
  void everyMessageOfTheProtocolIsKnownHere() {
    assertThat(FrameRules.knownTypes())
        .isEqualTo(
            Arrays.stream(MessageType.values())
                .map(MessageType::wireName)
                .collect(Collectors.toSet()));
  }

  /** As we write them; those that begin with {@code go-} show what others write. */
  static List<Path> ours() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(full|minimal).*\\.json"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("ours")
  void aMessageAsItShouldBeObservesTheRules(Path file) throws IOException {
    String frame = Files.readString(file);
    MessageType type = MessageType.named(Frame.of(frame).type()).orElseThrow();
    assertThat(new FrameRules(type.fromServer()).violations(Frame.of(frame), frame.length(), ALL))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"heartbeat","payload":{"sent_at":"2026-01-01T00:00:00+01:00"}}         | not an RFC 3339 time in UTC
          {"type":"snapshots.report","payload":{"snapshots":[{"id":"a","time":"2026-01-01T00:00:00"}]}} | not an RFC 3339 time
          {"type":"heartbeat","payload":{"sent_at":"2026-01-01T00:00:00Z"},"x":1}        | the envelope has the key 'x'
          {"type":"heartbeat","payload":{"sent_at":"2026-01-01T00:00:00Z","x":1}}        | the protocol has no key 'x'
          {"type":"heartbeat","id":"1","payload":{"sent_at":"2026-01-01T00:00:00Z"}}     | a one-way message with an id
          {"type":"heartbeat","id":7,"payload":{"sent_at":"2026-01-01T00:00:00Z"}}       | id is not a text
          {"type":"command.result","payload":{"job_id":"j","accepted":true}}             | without an id
          {"type":"command.result","id":"1","payload":{"job_id":"j","accepted":true,"error":null}} | null
          {"type":"snapshots.report","payload":{"snapshots":[{"id":"a","tags":[null]}]}} | payload.snapshots[].tags[] is null
          {"type":"snapshots.report","payload":{"snapshots":[],"part":1,"parts":2}}      | 'part' is the extension 'parts'
          {"type":"snapshots.report","payload":{"snapshots":[],"added":true}}            | 'added' is the extension 'snapshots_added'
          {"type":"tree.list.result","id":"1","payload":{"entries":[],"more":false}}     | the extension 'tree'
          {"type":"token.update.result","id":"1","payload":{"stored":true}}              | the extension 'token'
          {"type":"log.lines","payload":{"job_id":"j","first_seq":1,"lines":[{"stream":"stdout","payload":"x"}]}} | the extension 'log_lines'
          {"type":"job.progress","payload":{"job_id":"j","percent_done":2}}              | malformed
          {"type":"x.conformance","payload":{}}                                          | the protocol has no type
          {"type":                                                                       | malformed
          """)
  void whatBreaksARuleIsSaidToDoSo(String frame, String words) {
    assertThat(new FrameRules(false).violations(Frame.of(frame), frame.length(), Set.of()))
        .anySatisfy(violation -> assertThat(violation).contains(words));
  }

  @Test
  void aFrameOfMoreThanOneMebibyteIsTooLarge() {
    Frame frame =
        Frame.of("{\"type\":\"heartbeat\",\"payload\":{\"sent_at\":\"2026-01-01T00:00:00Z\"}}");
    assertThat(new FrameRules(false).violations(frame, FrameRules.LARGEST_FRAME_BYTES, Set.of()))
        .isEmpty();
    assertThat(
            new FrameRules(false).violations(frame, FrameRules.LARGEST_FRAME_BYTES + 1, Set.of()))
        .singleElement()
        .asString()
        .contains("larger than 1 MiB");
  }

  @Test
  void resticsOwnStatisticsAreNotJudged() {
    Frame frame =
        Frame.of(
            "{\"type\":\"job.finished\",\"payload\":{\"job_id\":\"j\",\"status\":\"succeeded\","
                + "\"exit_code\":0,\"finished_at\":\"2026-01-01T00:00:00Z\","
                + "\"stats\":{\"x\":null,\"time\":\"2026-01-01T00:00:00+01:00\"}}}");
    assertThat(new FrameRules(false).violations(frame, 100, Set.of())).isEmpty();
  }

  @Test
  void aFrameIsShownWithoutItsSecrets() {
    Frame frame =
        Frame.of(
            "{\"type\":\"config.update\",\"payload\":{\"repo_password\":\"se\\\"cret\","
                + "\"repo_credential\" : \"hidden\",\"repo_url\":\"rest:https://me:pw@host/x\"}}");
    assertThat(frame.toString())
        .contains("***")
        .doesNotContain("se\\\"cret")
        .doesNotContain("hidden")
        .doesNotContain("me:pw");
  }
}
