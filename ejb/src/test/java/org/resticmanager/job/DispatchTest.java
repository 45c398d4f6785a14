package org.resticmanager.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.resticmanager.connection.FakeConnection;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Ids;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.Feature;
import org.resticmanager.protocol.wire.JobKind;

class DispatchTest {

  private final FakeConnection connection =
      new FakeConnection(new HostId(Ids.next()), Clock.systemUTC());

  @Test
  void whatTheBaseProtocolKnowsCanBeSentToEveryAgent() {
    CommandRun backup = CommandRun.of("x", JobKind.BACKUP).build();

    assertThat(Dispatch.obstacle(backup, connection)).isEmpty();
  }

  @Test
  void agentThatLacksAFeatureIsNotSentWhatNeedsIt() {
    CommandRun check =
        CommandRun.of("x", JobKind.CHECK).readDataSubset("5%").hooks("x", "").build();
    connection.agree(List.of(Feature.HOOKS));

    assertThat(Dispatch.obstacle(check, connection))
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .contains(Feature.READ_DATA_SUBSET, "update the agent")
                    .doesNotContain(Feature.HOOKS));
  }
}
