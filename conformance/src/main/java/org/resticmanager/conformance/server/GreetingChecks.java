package org.resticmanager.conformance.server;

import jakarta.json.JsonNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.socket.Arrival;
import org.resticmanager.conformance.wire.Frame;
import org.resticmanager.conformance.wire.Talk;

/** Sections 3 and 4: hello, what is said on it, and the newest connection. */
final class GreetingChecks {

  /** The protocol's ten seconds, and some for slow machines. */
  private static final Duration HELLO_LIMIT = Duration.ofSeconds(20);

  private static final int FUTURE_VERSION = 99;

  private static final List<String> PHASES =
      List.of("welcome", "config.update", "schedule.set", "command.run");

  private final ControlPlane server;
  private final Operator operator;
  private final int tooOldVersion;

  GreetingChecks(ControlPlane server, Operator operator, int tooOldVersion) {
    this.server = server;
    this.operator = operator;
    this.tooOldVersion = tooOldVersion;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "3",
            "connect-order",
            "after hello: welcome, config.update per slot, schedule.set, then init or the queue",
            () -> order(Greeting.full(), true)),
        Check.of(
            "3",
            "connect-order-base",
            "the same to an agent of the base protocol, without welcome",
            () -> order(Greeting.base(), false)),
        Check.of(
            "3",
            "connect-queue",
            "a job queued while the host was away comes after schedule.set",
            this::queueComesLast),
        Check.of(
            "3",
            "hello-too-late",
            "a socket on which nobody says hello is closed after 10 s",
            this::nobodySaysHello),
        Check.of(
            "3",
            "hello-first",
            "an agent that begins with something else is told nothing of the host",
            this::somethingElseFirst),
        Check.of(
            "3",
            "protocol-too-old",
            "a version below the minimum gets error protocol_too_old with a help_url, then 4000",
            this::tooOld),
        Check.of(
            "3",
            "protocol-newer",
            "a version above the server's own is answered with what the server knows",
            this::newer),
        Check.of(
            "3",
            "newest-wins",
            "a second connection of the host is served, and the older closed with 4002",
            this::newestWins),
        Check.of("3", "heartbeat", "a heartbeat is taken without a word", this::heartbeatIsTaken),
        Check.of(
            "4",
            "welcome",
            "welcome names versions, and features that we named too and no others",
            this::welcomeIsWellFormed),
        Check.of(
            "4",
            "welcome-unknown-feature",
            "a feature that nobody knows is not named back",
            this::unknownFeature));
  }

  private void order(Greeting greeting, boolean welcome) throws Exception {
    try (PlayedAgent agent = server.connect()) {
      agent.hello(greeting);
      agent.talk().expect("schedule.set");
      agent.talk().hearOut();
      List<Frame> heard = agent.talk().heard();
      List<String> types = heard.stream().map(Frame::type).toList();
      boolean welcomed = types.get(0).equals("welcome");
      if (welcomed != welcome || types.lastIndexOf("welcome") > 0) {
        throw new Broken(
            welcome ? "welcome as the first frame, once" : "no welcome without features",
            "these frames came: " + types);
      }
      needOrder(types);
      if (types.stream().filter("schedule.set"::equals).count() != 1) {
        throw new Broken("schedule.set once", "these frames came: " + types);
      }
      needOneUpdatePerSlot(heard);
      agent.workOff();
    }
  }

  private static void needOrder(List<String> types) {
    int phase = 0;
    boolean configured = false;
    for (String type : types) {
      int next = PHASES.indexOf(type);
      // what has no place in the order may come at any time, and so may a change of the connection
      boolean change = type.equals("config.update") && configured;
      if (next >= 0 && next < phase && !change) {
        throw new Broken("the order " + PHASES, "these frames came: " + types);
      }
      configured |= type.equals("config.update");
      phase = Math.max(phase, next);
    }
  }

  private static void needOneUpdatePerSlot(List<Frame> heard) {
    Set<String> slots = new HashSet<>();
    for (Frame frame : heard) {
      if (frame.type().equals("schedule.set")) {
        return;
      }
      if (frame.type().equals("config.update")) {
        String slot = frame.text("slot").isEmpty() ? "repo" : frame.text("slot");
        if (!slots.add(slot)) {
          throw new Broken("one config.update per slot", "two for the slot " + slot);
        }
      }
    }
  }

  private void queueComesLast() throws Exception {
    operator.need("run");
    server.settled(Greeting.full()).close();
    operator.run();
    try (PlayedAgent agent = server.connect()) {
      agent.hello(Greeting.full());
      agent.nextJob().accept();
      needOrder(agent.talk().heard().stream().map(Frame::type).toList());
      if (agent.talk().heard().stream().noneMatch(f -> f.type().equals("schedule.set"))) {
        throw new Broken("schedule.set before the queue", "no schedule.set");
      }
    }
    server.settled(Greeting.full()).close();
  }

  private void nobodySaysHello() throws Exception {
    try (PlayedAgent agent = server.connect()) {
      long began = System.nanoTime();
      agent.talk().expectClosed("the socket closed about 10 s after the upgrade", HELLO_LIMIT);
      long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
      if (seconds < 8) {
        throw new Broken("10 s of patience", "the socket was closed after " + seconds + " s");
      }
    }
  }

  private void somethingElseFirst() throws Exception {
    try (PlayedAgent agent = server.connect()) {
      Talk talk = agent.talk();
      talk.sendRaw("{\"type\":\"heartbeat\",\"payload\":{\"sent_at\":\"2026-01-01T00:00:00Z\"}}");
      talk.expectNone("frame but error before hello", frame -> !frame.type().equals("error"));
    }
  }

  private void tooOld() throws Exception {
    try (PlayedAgent agent = server.connect()) {
      agent.hello(Greeting.base().ofVersion(tooOldVersion));
      Frame error =
          agent
              .talk()
              .expect(
                  "error with the code protocol_too_old",
                  frame ->
                      frame.type().equals("error")
                          && frame.text("code").equals("protocol_too_old"));
      if (error.text("help_url").isEmpty()) {
        throw new Broken("a help_url in the error", error.toString());
      }
      agent.talk().expectClosed(4000, "after protocol_too_old");
    }
  }

  private void newer() throws Exception {
    try (PlayedAgent agent = server.connect()) {
      agent.hello(Greeting.full().ofVersion(FUTURE_VERSION));
      Frame welcome = agent.talk().expect("welcome");
      if (welcome.number("protocol_version") >= FUTURE_VERSION) {
        throw new Broken("the server's own protocol_version", welcome.toString());
      }
      agent.talk().expect("schedule.set");
    }
  }

  private void newestWins() throws Exception {
    try (PlayedAgent older = server.settled(Greeting.full());
        PlayedAgent newer = server.connect()) {
      newer.hello(Greeting.full());
      newer.talk().expect("schedule.set");
      older.talk().expectClosed(4002, "because a newer one took its place");
      newer.talk().expectOpen("taking the place of an older connection");
    }
  }

  private void heartbeatIsTaken() throws Exception {
    try (PlayedAgent agent = server.settled(Greeting.base())) {
      agent
          .talk()
          .sendRaw("{\"type\":\"heartbeat\",\"payload\":{\"sent_at\":\"2026-01-01T00:00:00Z\"}}");
      agent.talk().expectNone("answer to a heartbeat", frame -> true);
      agent.talk().expectOpen("a heartbeat");
    }
  }

  private void welcomeIsWellFormed() throws Exception {
    try (PlayedAgent agent = server.connect()) {
      List<String> named = List.of("ack");
      agent.hello(Greeting.speaking(named));
      Frame welcome = agent.talk().expect("welcome");
      List<String> missing = new ArrayList<>();
      if (!(welcome.payload().get("protocol_version") instanceof JsonNumber)) {
        missing.add("protocol_version");
      }
      if (welcome.text("server_version").isEmpty()) {
        missing.add("server_version");
      }
      if (welcome.number("heartbeat_seconds") <= 0) {
        missing.add("heartbeat_seconds");
      }
      if (!missing.isEmpty()) {
        throw new Broken("protocol_version, server_version and heartbeat_seconds", "no " + missing);
      }
      needOnly(named, welcome);
    }
  }

  private static void needOnly(List<String> named, Frame welcome) {
    List<String> others = new ArrayList<>(welcome.texts("features"));
    others.removeAll(named);
    if (!others.isEmpty()) {
      throw new Broken("no features in welcome but " + named, "these too: " + others);
    }
  }

  private void unknownFeature() throws Exception {
    try (PlayedAgent agent = server.connect()) {
      List<String> named = List.of("ack", "x-conformance");
      agent.hello(Greeting.speaking(named));
      Frame welcome = agent.talk().expect("welcome");
      if (welcome.texts("features").contains("x-conformance")) {
        throw new Broken("no x-conformance in welcome", welcome.toString());
      }
      Optional<Arrival.Closed> end = agent.talk().end();
      if (end.isPresent()) {
        throw new Broken("the connection to go on", end.get().toString());
      }
    }
  }
}
