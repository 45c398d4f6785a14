package org.resticmanager.conformance.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.check.Check;
import org.resticmanager.conformance.socket.Door;
import org.resticmanager.conformance.socket.Visitor;
import org.resticmanager.protocol.wire.WireError;

/** Section 3.4, and the ends of a connection that mean something. */
final class ReconnectChecks {

  private static final Duration RESTART_LIMIT = Duration.ofSeconds(40);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration REPLACED_LIMIT = Duration.ofSeconds(150);
  private static final Duration TURNED_AWAY = Duration.ofSeconds(20);

  /** With full jitter from 1 s on, doubling, more tries in 20 s are next to impossible. */
  private static final int TOO_MANY_TRIES = 25;

  private final Agent agent;

  ReconnectChecks(Agent agent) {
    this.agent = agent;
  }

  List<Check> checks() {
    return List.of(
        Check.of(
            "3",
            "reconnect-lost",
            "after a TCP reset the agent is back within a minute",
            this::lost),
        Check.of(
            "3",
            "reconnect-restart",
            "after 1012 (server restarts) it is back within 30 s",
            () -> closed(1012)),
        Check.of(
            "3", "reconnect-away", "after 1001 (server goes away) likewise", () -> closed(1001)),
        Check.slow(
            "3",
            "reconnect-replaced",
            "after 4002 (a newer connection) it does not come back at once, but it does",
            this::replaced),
        Check.slow(
            "3",
            "reconnect-unauthorized",
            "while its token is refused (401) it does not hammer, and comes back in the end",
            this::unauthorized),
        Check.of(
            "3",
            "too-old",
            "after error protocol_too_old and 4000 the agent stops: its process ends",
            this::tooOld));
  }

  private void lost() throws Exception {
    agent.connection(Speech.BASE);
    agent.newConnection(Speech.BASE);
  }

  private void closed(int code) throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    server.talk().socket().sendClose(code, "the conformance kit restarts");
    agent.comesBack(Speech.BASE, RESTART_LIMIT);
  }

  private void replaced() throws Exception {
    PlayedServer server = agent.connection(Speech.BASE);
    server.talk().socket().sendClose(4002, "another took your place");
    Optional<Visitor> tooSoon = agent.door().next(AT_ONCE);
    if (tooSoon.isPresent()) {
      tooSoon.get().socket().ifPresent(socket -> socket.close());
      throw new Broken("no new connection within a second", "the agent was back");
    }
    agent.comesBack(Speech.BASE, REPLACED_LIMIT);
  }

  private void unauthorized() throws Exception {
    agent.connection(Speech.BASE);
    agent.door().answerWith(Door.Answer.UNAUTHORIZED);
    int tries = 0;
    try {
      agent.cut();
      long end = System.nanoTime() + TURNED_AWAY.toNanos();
      while (System.nanoTime() < end) {
        if (agent.door().next(Duration.ofNanos(end - System.nanoTime())).isPresent()) {
          tries++;
        }
      }
    } finally {
      agent.door().answerWith(Door.Answer.WELCOME);
    }
    if (tries > TOO_MANY_TRIES) {
      throw new Broken(
          "pauses between the tries that grow",
          tries + " tries in " + TURNED_AWAY.toSeconds() + " s");
    }
    agent.comesBack(Speech.BASE, REPLACED_LIMIT);
  }

  private void tooOld() throws Exception {
    agent.connection(Speech.BASE);
    agent.cut();
    PlayedServer server = agent.visit(Speech.BASE, Agent.COMES_BACK_WITHIN);
    refuse(server);
    Optional<Visitor> again =
        agent.door().next(agent.running().isPresent() ? AT_ONCE : Agent.COMES_BACK_WITHIN);
    if (again.isPresent()) {
      again.get().socket().ifPresent(socket -> socket.close());
      throw new Broken("no further connection", "the agent came back");
    }
    if (agent.running().isPresent()) {
      needEnd(agent.running().get());
    }
  }

  private static void refuse(PlayedServer server) throws IOException {
    server
        .talk()
        .send(
            new WireError(
                "protocol_too_old",
                "The conformance kit wants a newer agent.",
                "https://example.invalid/help"));
    server.talk().socket().sendClose(4000, "protocol too old");
  }

  private void needEnd(Starter.Running process) throws InterruptedException {
    long deadline = System.nanoTime() + agent.patience().answer().toNanos();
    while (process.alive()) {
      if (System.nanoTime() > deadline) {
        throw new Broken("the agent's process to end", "it runs still");
      }
      Thread.sleep(100);
    }
  }
}
