package org.resticmanager.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.resticmanager.connection.Conversation;
import org.resticmanager.connection.FakeConnection;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.protocol.wire.Hello;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;

class HealthNewsTest {

  @Test
  void hostIsJudgedAnewAsSoonAsItIsConnectedToARepository() {
    try (TestContainer node = new TestContainer(Instant.parse("2026-03-01T20:00:00Z"))) {
      HostId host = node.get(Hosts.class).add("web", "web", "linux", "amd64").id();
      Repositories repositories = node.get(Repositories.class);
      RepositoryId repository =
          repositories.create(new NewRepository("nas", "/srv/nas", "secret", null, null)).id();
      agentConnects(node, host);
      node.get(HealthChecks.class).judge(host);
      assertThat(reason(node, host)).contains(Reason.NO_REPOSITORY);

      repositories.connect(host, repository);

      assertThat(reason(node, host)).contains(Reason.NOTHING_CHOSEN);
    }
  }

  private static void agentConnects(TestContainer node, HostId host) {
    node.connect(
        new FakeConnection(host, Clock.systemUTC()),
        new Hello(
            1,
            "1",
            "0.18.0",
            "web",
            "linux",
            "amd64",
            null,
            Conversation.FEATURES,
            "UTC",
            List.of()));
  }

  private static Optional<Reason> reason(TestContainer node, HostId host) {
    return node.get(Fleet.class).of(host).map(Judgement::reason);
  }
}
