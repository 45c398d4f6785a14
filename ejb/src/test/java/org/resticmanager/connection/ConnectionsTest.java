package org.resticmanager.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.WireError;

class ConnectionsTest {

  private static final Machine ONE = new Machine("one", Instant.parse("2026-05-01T00:00:00Z"));
  private static final Machine OTHER = new Machine("other", null);

  private final HostId host = new HostId(Ids.next());
  private final MovableClock clock = new MovableClock();
  private final Connections connections = new Connections(clock);

  @Test
  void newestConnectionWinsAndTheOlderIsToldAndClosed() {
    FakeConnection older = connect();
    connections.opened(older, ONE);
    FakeConnection newer = connect();

    Admission admission = connections.opened(newer, OTHER);

    assertThat(admission).isEqualTo(new Admission(true, Optional.of(ONE)));
    assertThat(connections.of(host)).containsSame(newer);
    assertThat(older.closeCode()).isEqualTo(AgentConnection.CLOSE_REPLACED);
    assertThat(older.sent())
        .singleElement()
        .isInstanceOfSatisfying(
            WireError.class,
            error -> {
              assertThat(error.code()).isEqualTo("replaced");
              assertThat(error.message()).contains("other");
            });
  }

  @Test
  void connectionTakenFromALivingAgentIsKeptForAWhile() {
    connections.opened(connect(), ONE);
    FakeConnection second = connect();
    connections.opened(second, OTHER);

    clock.forward(Connections.KEPT_FOR.minusSeconds(1));
    assertThat(connections.opened(connect(), ONE))
        .isEqualTo(new Admission(false, Optional.of(OTHER)));
    assertThat(connections.of(host)).containsSame(second);
    assertThat(second.closeCode()).isZero();

    clock.forward(Duration.ofSeconds(1));
    assertThat(connections.opened(connect(), ONE).admitted()).isTrue();
  }

  @Test
  void silentAgentGivesWayAtOnceAndIsNoRival() {
    connections.opened(connect(), ONE);
    FakeConnection second = connect();
    connections.opened(second, OTHER);
    clock.forward(Connections.ALIVE_WITHIN);

    assertThat(connections.opened(connect(), ONE)).isEqualTo(new Admission(true, Optional.empty()));
  }

  @Test
  void agentThatComesBackAfterItsSocketClosedIsNoRival() {
    FakeConnection first = connect();
    connections.opened(first, ONE);
    connections.closed(first);

    assertThat(connections.opened(connect(), ONE)).isEqualTo(new Admission(true, Optional.empty()));
  }

  @Test
  void closeOfAReplacedConnectionLeavesTheNewerOne() {
    FakeConnection older = connect();
    connections.opened(older, ONE);
    FakeConnection newer = connect();
    connections.opened(newer, ONE);

    connections.closed(older);

    assertThat(connections.of(host)).containsSame(newer);
  }

  @Test
  void connectionThatAnotherNodeHasOvertakenIsToldAndClosed() {
    FakeConnection left = connect();
    connections.opened(left, ONE);
    connections.claimed(host, 7);

    assertThat(connections.overtaken(host, 7)).isFalse();
    assertThat(connections.overtaken(host, 8)).isTrue();

    assertThat(left.closeCode()).isEqualTo(AgentConnection.CLOSE_REPLACED);
    assertThat(connections.hosts()).isEmpty();
    assertThat(connections.overtaken(host, 8)).as("nobody is here").isTrue();
  }

  @Test
  void connectionWhoseHelloIsNotAnsweredYetIsNotOvertakenByTheOneOfBefore() {
    FakeConnection newest = new FakeConnection(host, clock);
    connections.opened(newest, ONE);

    assertThat(connections.overtaken(host, 7)).isFalse();
    connections.claimed(host, 8);
    newest.agree(java.util.List.of());
    assertThat(connections.overtaken(host, 7)).isFalse();
    assertThat(connections.of(host)).containsSame(newest);
  }

  @Test
  void connectionIsNotUsedBeforeHelloIsAnswered() {
    FakeConnection connection = new FakeConnection(host, clock);
    connections.opened(connection, ONE);

    assertThat(connections.of(host)).isEmpty();
  }

  @Test
  void thirdContestWithinMinutesIsTooMany() {
    Contests contests = new Contests();

    assertThat(contests.add(host, clock.instant())).isFalse();
    assertThat(contests.add(host, clock.instant())).isFalse();
    clock.forward(Duration.ofMinutes(6));
    assertThat(contests.add(host, clock.instant())).isFalse();
    assertThat(contests.add(host, clock.instant())).isFalse();
    assertThat(contests.add(host, clock.instant())).isTrue();
  }

  private FakeConnection connect() {
    FakeConnection connection = new FakeConnection(host, clock);
    connection.agree(java.util.List.of());
    return connection;
  }
}
