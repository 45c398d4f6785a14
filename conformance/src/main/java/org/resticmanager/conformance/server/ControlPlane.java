package org.resticmanager.conformance.server;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.resticmanager.conformance.check.Broken;
import org.resticmanager.conformance.socket.Upgrade;
import org.resticmanager.conformance.socket.WireSocket;
import org.resticmanager.conformance.wire.Observed;
import org.resticmanager.conformance.wire.Patience;
import org.resticmanager.conformance.wire.Talk;

/** The control plane that is tried, as the agent of one host reaches it. */
final class ControlPlane {

  private final URI address;
  private final String agentToken;
  private final Observed observed;
  private final Patience patience;

  ControlPlane(URI address, String agentToken, Observed observed, Patience patience) {
    this.address = address;
    this.agentToken = agentToken;
    this.observed = observed;
    this.patience = patience;
  }

  Patience patience() {
    return patience;
  }

  /** Asks for an upgrade. */
  Upgrade.Answer ask(Optional<String> token) throws IOException {
    return Upgrade.ask(address, token);
  }

  /** A socket on which nothing has been said. */
  PlayedAgent connect() throws IOException {
    Upgrade.Answer answer = ask(Optional.of(agentToken));
    if (answer instanceof Upgrade.Answer.Upgraded upgraded) {
      return played(upgraded.socket());
    }
    throw new Broken(
        "the upgrade with the agent's token to succeed",
        "HTTP " + ((Upgrade.Answer.Refused) answer).status());
  }

  private PlayedAgent played(WireSocket socket) {
    return new PlayedAgent(new Talk(socket, observed, patience));
  }

  /** An agent that has said hello, has heard the answer, and has nothing left to do. */
  PlayedAgent settled(Greeting greeting) throws IOException, InterruptedException {
    if (!greeting.resumes()) {
      // what an earlier check left behind is failed by the server only for one that resumes
      settled(Greeting.full()).close();
    }
    PlayedAgent agent = connect();
    try {
      agent.say(greeting);
      agent.workOff();
      agent.talk().forgetPending();
      return agent;
    } catch (IOException | InterruptedException | RuntimeException e) {
      agent.close();
      throw e;
    }
  }
}
