package org.resticmanager.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.Hello;

/** A hello is worked on some time after it came: its socket may have closed meanwhile. */
class ConversationTest {

  private static TestContainer node;

  private Connections connections;
  private OpenConnections open;
  private HostId host;

  @BeforeAll
  static void start() {
    node = new TestContainer(Instant.parse("2026-03-02T12:00:00Z"));
  }

  @AfterAll
  static void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @BeforeEach
  void addHost() {
    connections = node.get(Connections.class);
    open = node.get(OpenConnections.class);
    host = node.get(Hosts.class).add("host " + Ids.next(), "web", "linux", "amd64").id();
  }

  @Test
  void helloMakesTheConnectionTheHosts() {
    FakeConnection connection = opened();

    greet(connection);

    assertThat(connections.of(host)).containsSame(connection);
    assertThat(node.get(Hosts.class).online(host)).isTrue();
  }

  @Test
  void helloOfASocketThatHasClosedLeavesNoConnection() {
    FakeConnection closed = opened();
    close(closed);

    greet(closed);

    assertThat(connections.hosts()).doesNotContain(host);
    assertThat(node.get(Hosts.class).online(host)).as("nobody is there").isFalse();
  }

  @Test
  void helloOfASocketThatHasClosedLeavesTheConnectionThatFollowed() {
    FakeConnection closed = opened();
    close(closed);
    FakeConnection next = opened();
    greet(next);

    greet(closed);

    assertThat(connections.of(host)).containsSame(next);
    assertThat(next.closeCode()).isZero();
  }

  @Test
  void socketThatClosesJustBeforeItsConnectionBecomesTheHostsLeavesNone() {
    FakeConnection silent = opened();
    FakeConnection closes = opened();
    connections.opened(
        whenAskedWhetherItLives(silent, () -> close(closes)), new Machine("web", null));

    greet(closes);

    assertThat(connections.hosts()).doesNotContain(host);
    assertThat(node.get(Hosts.class).online(host)).isFalse();
  }

  private FakeConnection opened() {
    FakeConnection connection = new FakeConnection(host, Clock.systemUTC());
    open.add(connection);
    return connection;
  }

  /** As the socket's own thread does. */
  private void close(FakeConnection connection) {
    open.remove(connection);
    connections.closed(connection);
  }

  private void greet(FakeConnection connection) {
    node.get(Conversation.class)
        .greet(
            connection,
            new Hello(1, "1", "0.18.0", "web", "linux", "amd64", null, List.of(), "", List.of()));
  }

  private static AgentConnection whenAskedWhetherItLives(FakeConnection real, Runnable work) {
    return (AgentConnection)
        Proxy.newProxyInstance(
            AgentConnection.class.getClassLoader(),
            new Class<?>[] {AgentConnection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("lastHeard")) {
                work.run();
              }
              return method.invoke(real, arguments);
            });
  }
}
