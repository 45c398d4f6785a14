package org.resticmanager.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.Hosts;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.Cron;

/** For a moment the clock of a node is wrong; others share what it writes then. */
class WrongClockTest {

  private static final Instant EVENING = Instant.parse("2026-03-02T20:00:00Z");
  private static final Instant DUE = Instant.parse("2026-03-03T03:00:00Z");

  private TestContainer node;
  private RepositoryId repository;

  @BeforeEach
  void planEverythingAtThree() {
    node = new TestContainer(EVENING);
    Repositories repositories = node.get(Repositories.class);
    repository =
        repositories.create(new NewRepository("nas", "/srv/nas", "secret", null, null)).id();
    repositories.initialised(repository);
    repositories.connect(
        node.get(Hosts.class).add("web", "web", "linux", "amd64").id(), repository);
    node.tick(MaintenanceSweep.class);
    Moment atThree = new Moment(new Cron("0 3 * * *"), ZoneId.of("UTC"), true);
    node.get(Maintenance.class)
        .edit(
            repository,
            state ->
                new MaintenancePlan(
                    Map.of(
                        Operation.FORGET,
                        atThree,
                        Operation.PRUNE,
                        atThree,
                        Operation.CHECK,
                        atThree),
                    5,
                    50,
                    3));
  }

  @AfterEach
  void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @Test
  void whatWasPlannedByAClockFarAheadComesWhenItShould() {
    node.moveClock(EVENING.plus(Duration.ofDays(30)));
    node.get(Maintenance.class).start(repository, Operation.FORGET);
    assertThat(next(Operation.FORGET)).isAfter(DUE.plus(Duration.ofDays(29)));

    node.moveClock(EVENING);
    node.tick(MaintenanceSweep.class);

    assertThat(next(Operation.FORGET)).isEqualTo(DUE);
  }

  @Test
  void whatAnotherNodeHasPlannedIsLeftThoughItsClockIsALittleAhead() {
    node.moveClock(DUE.plusSeconds(1));
    node.get(Maintenance.class).start(repository, Operation.FORGET);

    node.moveClock(DUE.minusSeconds(30));
    node.tick(MaintenanceSweep.class);

    assertThat(next(Operation.FORGET)).isEqualTo(DUE.plus(Duration.ofDays(1)));
  }

  private Instant next(Operation operation) {
    return node.get(Maintenance.class).find(repository).of(operation).nextAt().orElseThrow();
  }
}
