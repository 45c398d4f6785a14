package org.resticmanager.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import org.resticmanager.source.BlackoutWindows;
import org.resticmanager.source.Blackouts;
import org.resticmanager.source.Cron;
import org.resticmanager.source.Hooks;
import org.resticmanager.source.Paths;
import org.resticmanager.source.Retention;
import org.resticmanager.source.RetryRule;
import org.resticmanager.source.Schedules;
import org.resticmanager.source.SourceGroupPlan;
import org.resticmanager.source.SourceGroups;
import org.resticmanager.source.Timing;

/** Two hosts with a backup due at 03:00 UTC that does not come; one is left alone until 06:00. */
class HealthBlackoutTest {

  private static final Instant EVENING = Instant.parse("2026-03-01T20:00:00Z");
  private static final Instant BEFORE_THE_END = Instant.parse("2026-03-02T05:00:00Z");
  private static final Instant LONG_AFTER = Instant.parse("2026-03-02T07:30:00Z");

  private TestContainer node;
  private RepositoryId repository;

  @BeforeEach
  void addRepositoryAndHosts() {
    node = new TestContainer(EVENING);
    Repositories repositories = node.get(Repositories.class);
    repository =
        repositories.create(new NewRepository("nas", "/srv/nas", "secret", null, null)).id();
    repositories.initialised(repository);
    addHost("noisy");
    HostId quiet = addHost("quiet");
    node.get(Blackouts.class)
        .put(
            quiet,
            BlackoutWindows.of(
                "UTC",
                List.of(
                    new BlackoutWindows.Window(
                        EnumSet.allOf(DayOfWeek.class), LocalTime.of(2, 0), LocalTime.of(6, 0)))));
  }

  @AfterEach
  void stop() {
    assertThat(node.warnings()).isEmpty();
    node.close();
  }

  @Test
  void onlyAHostThatIsLeftAloneIsNotLateBeforeTheEndOfItsWindow() {
    assertThat(lateAt(BEFORE_THE_END)).containsExactly("noisy");
    assertThat(lateAt(LONG_AFTER)).containsExactly("noisy", "quiet");
  }

  private List<String> lateAt(Instant moment) {
    node.moveClock(moment);
    node.get(HealthChecks.class).judgeAll();
    return node
        .get(HostSearch.class)
        .find(new HostFilter("", Optional.empty(), Optional.empty(), ""), HostOrder.NAME, 0, 10)
        .hosts()
        .stream()
        .filter(host -> host.judgement().orElseThrow().reason() == Reason.BACKUP_OVERDUE)
        .map(host -> host.host().name())
        .toList();
  }

  private HostId addHost(String name) {
    HostId host = node.get(Hosts.class).add(name, name, "linux", "amd64").id();
    node.get(Repositories.class).connect(host, repository);
    node.get(SourceGroups.class)
        .put(
            host,
            "files",
            new SourceGroupPlan(
                Paths.of(List.of("/srv"), List.of()),
                new Retention(0, 0, 0, 0, 0, 0, "", List.of()),
                new RetryRule(3, 300),
                Hooks.NONE,
                0),
            before -> {});
    node.get(Schedules.class)
        .put(
            host,
            "nightly",
            Timing.of(new Cron("0 3 * * *"), "", 0),
            true,
            List.of("files"),
            before -> {});
    FakeConnection agent = new FakeConnection(host, Clock.systemUTC());
    node.connect(
        agent,
        new Hello(
            1,
            "1",
            "0.18.0",
            name,
            "linux",
            "amd64",
            null,
            Conversation.FEATURES,
            "UTC",
            List.of()));
    return host;
  }
}
