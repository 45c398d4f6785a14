package org.resticmanager.conformance.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.socket.Upgrade;
import org.resticmanager.conformance.wire.FrameRules;
import org.resticmanager.conformance.wire.Talk;

/** Section 1: the upgrade and the frame. */
final class UpgradeChecks {

  private static final int UNAUTHORIZED = 401;

  private final ControlPlane server;

  UpgradeChecks(ControlPlane server) {
    this.server = server;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "1",
            "upgrade-no-token",
            "an upgrade without a token gets HTTP 401",
            () -> refused(Optional.empty())),
        Check.of(
            "1",
            "upgrade-wrong-token",
            "an upgrade with a token that nobody issued gets HTTP 401",
            () -> refused(Optional.of("nobody-issued-this-token"))),
        Check.of("1", "upgrade", "an upgrade with the agent's token succeeds", this::accepted),
        Check.of(
            "1", "ping", "a WebSocket ping is answered, as RFC 6455 asks", this::pingIsAnswered),
        Check.of(
            "1",
            "frame-in-pieces",
            "a message that comes in several WebSocket frames is read as one",
            this::inPieces),
        Check.of(
            "1",
            "frame-of-1-mib",
            "a frame of exactly 1 MiB is taken",
            () -> ofSize(FrameRules.LARGEST_FRAME_BYTES)),
        Check.of(
            "1", "frame-too-large", "a larger frame closes the socket with 1009", this::tooLarge),
        Check.of("1", "frame-binary", "a binary frame closes the socket with 1003", this::binary),
        Check.of(
            "1",
            "frame-not-utf-8",
            "a text frame that is not UTF-8 does no harm: an error, or closed (1007)",
            this::notUtf8));
  }

  private void refused(Optional<String> token) throws IOException {
    Upgrade.Answer answer = server.ask(token);
    if (answer instanceof Upgrade.Answer.Upgraded upgraded) {
      upgraded.socket().close();
      throw new Broken("HTTP 401", "the upgrade succeeded");
    }
    int status = ((Upgrade.Answer.Refused) answer).status();
    if (status != UNAUTHORIZED) {
      throw new Broken("HTTP 401", "HTTP " + status);
    }
  }

  private void accepted() throws IOException {
    server.connect().close();
  }

  private void pingIsAnswered() throws Exception {
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      agent.talk().expectOpen("hello");
    }
  }

  private void inPieces() throws Exception {
    try (PlayedAgent agent = server.connect()) {
      agent.talk().socket().sendInPieces(Greeting.base().frame().toString(), 100);
      agent.talk().expect("schedule.set");
      agent.talk().expectOpen("a hello in pieces");
    }
  }

  private void ofSize(int bytes) throws Exception {
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      agent.talk().sendRaw(heartbeatOf(bytes));
      agent.talk().expectTaken("a frame of " + bytes + " bytes");
    }
  }

  private static String heartbeatOf(int bytes) {
    String head =
        "{\"type\":\"heartbeat\",\"payload\":{\"sent_at\":\"2026-01-01T00:00:00Z\",\"filler\":\"";
    String tail = "\"}}";
    return head + "x".repeat(bytes - head.length() - tail.length()) + tail;
  }

  private void tooLarge() throws Exception {
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      try {
        agent.talk().sendRaw(heartbeatOf(FrameRules.LARGEST_FRAME_BYTES + 1));
      } catch (IOException e) {
        // closed while we were still sending: the code is what counts
        agent.talk().listen(server.patience().quiet());
      }
      agent.talk().expectClosed(1009, "for a frame of 1 MiB and one byte");
    }
  }

  private void binary() throws Exception {
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      agent
          .talk()
          .socket()
          .sendBinary(Greeting.base().frame().toString().getBytes(StandardCharsets.UTF_8));
      agent.talk().expectClosed(1003, "for a binary frame");
    }
  }

  private void notUtf8() throws Exception {
    try (PlayedAgent agent = server.settled(Greeting.full())) {
      Talk talk = agent.talk();
      byte[] frame =
          "{\"type\":\"heartbeat\",\"payload\":{\"x\":\"?\"}}".getBytes(StandardCharsets.UTF_8);
      frame[frame.length - 4] = (byte) 0xFF;
      talk.socket().sendAsText(frame);
      talk.listen(server.patience().quiet());
      if (talk.end().isPresent() && talk.end().get().code() != 1007) {
        throw new Broken("an error, or closed with 1007", talk.end().get().toString());
      }
    }
    // whatever it did, the next one must be served
    try (PlayedAgent agent = server.connect()) {
      agent.hello(Greeting.base());
      agent.talk().expect("schedule.set");
    }
  }
}
