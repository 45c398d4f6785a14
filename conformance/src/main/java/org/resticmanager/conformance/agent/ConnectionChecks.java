package org.resticmanager.conformance.agent;

import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.wire.Frame;

/** Sections 1 to 4: the upgrade, hello, heartbeats. */
final class ConnectionChecks {

  private static final Duration HEARTBEAT_LIMIT = Duration.ofSeconds(40);
  private static final int QUICK_HEARTBEAT_SECONDS = 2;

  private final Agent agent;

  ConnectionChecks(Agent agent) {
    this.agent = agent;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "1",
            "upgrade-token",
            "the upgrade carries Authorization: Bearer and the agent's token",
            this::token),
        Check.of(
            "2",
            "hello-first",
            "hello is the first frame, before the server says a word",
            this::first),
        Check.of("2", "hello", "hello says who the agent is", this::helloIsWellFormed),
        Check.of(
            "3",
            "silent-server",
            "a base server that has nothing to say is borne: the connection stays",
            this::silentServer),
        Check.of(
            "1", "ping", "a WebSocket ping is answered, as RFC 6455 asks", this::pingIsAnswered),
        Check.slow(
            "2",
            "heartbeat",
            "to a base server a heartbeat comes every 30 s",
            () -> heartbeat(Speech.BASE, Agent.HEARTBEAT_SECONDS, HEARTBEAT_LIMIT)),
        Check.of(
            "4",
            "heartbeat-welcome",
            "heartbeats come as often as welcome asks for (heartbeat_seconds)",
            () ->
                heartbeat(
                    Speech.EXTENDED,
                    QUICK_HEARTBEAT_SECONDS,
                    Duration.ofSeconds(QUICK_HEARTBEAT_SECONDS).plus(agent.patience().answer()))));
  }

  private void token() throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    Optional<String> authorization = server.visitor().authorization();
    if (authorization.isEmpty()) {
      throw new Broken("an Authorization header", "there was none");
    }
    if (!authorization.get().equals("Bearer " + agent.token())) {
      throw new Broken(
          "Bearer and the agent's token",
          authorization.get().startsWith("Bearer ") ? "another token" : "another scheme");
    }
  }

  private void first() throws Exception {
    agent.cut();
    PlayedServer server = agent.visit(Speech.BASE, Agent.COMES_BACK_WITHIN);
    server.greet(Agent.HEARTBEAT_SECONDS, agent.schedules(List.of()));
    server.talk().expect("schedule.ack");
  }

  private void helloIsWellFormed() throws Exception {
    Frame hello = agent.connection(Speech.BASE).hello();
    List<String> wrong = new ArrayList<>();
    if (!(hello.payload().get("protocol_version") instanceof JsonNumber number)
        || !number.isIntegral()
        || number.intValue() < 1) {
      wrong.add("protocol_version is no number from 1");
    }
    for (String key : List.of("agent_version", "hostname")) {
      if (hello.text(key).isEmpty()) {
        wrong.add(key + " is missing");
      }
    }
    if (!Set.of("linux", "windows").contains(hello.text("os"))) {
      wrong.add("os is neither linux nor windows");
    }
    if (!Set.of("amd64", "arm64").contains(hello.text("arch"))) {
      wrong.add("arch is neither amd64 nor arm64");
    }
    for (String key : List.of("features", "jobs")) {
      JsonValue list = hello.payload().get(key);
      if (list != null && list.getValueType() != JsonValue.ValueType.ARRAY) {
        wrong.add(key + " is no list");
      }
    }
    if (!wrong.isEmpty()) {
      throw new Broken("a complete hello", String.join("; ", wrong) + "; in " + hello);
    }
  }

  private void silentServer() throws Exception {
    agent.cut();
    PlayedServer server = agent.visit(Speech.BASE, Agent.COMES_BACK_WITHIN);
    server.talk().listen(agent.patience().answer().plus(agent.patience().quiet()));
    server.talk().expectOpen("hello to a silent server");
  }

  private void pingIsAnswered() throws Exception {
    agent.connection(Speech.BASE).talk().expectOpen("the greeting");
  }

  private void heartbeat(Speech speech, int seconds, Duration limit) throws Exception {
    agent.cut();
    PlayedServer server = agent.visit(speech, Agent.COMES_BACK_WITHIN);
    server.greet(seconds, agent.workbench().connection(), agent.schedules(List.of()));
    server.talk().expect("a heartbeat", frame -> frame.type().equals("heartbeat"), limit);
    long began = System.nanoTime();
    server.talk().expect("another heartbeat", frame -> frame.type().equals("heartbeat"), limit);
    Duration between = Duration.ofNanos(System.nanoTime() - began);
    if (between.compareTo(Duration.ofSeconds(seconds).dividedBy(2)) < 0) {
      throw new Broken(
          "heartbeats about " + seconds + " s apart", "two within " + between.toMillis() + " ms");
    }
    agent.cut();
  }
}
