package org.resticmanager.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobId;
import org.resticmanager.platform.Ids;

class HealthStoreTest {

  private static final Instant MORNING = Instant.parse("2026-11-26T07:00:00Z");

  private final TestDatabase database = TestDatabase.create();
  private final HealthStore store = new HealthStore(database);
  private final FleetStore fleet = new FleetStore(database);
  private final HostId web = new HostId(database.addHost("web"));

  @BeforeEach
  void planTheHost() {
    UUID group = Ids.next();
    UUID schedule = Ids.next();
    database.execute(
        "insert into source_group (id, host_id, name, includes, excludes, created_at)"
            + " values (?, ?, 'files', '[]', '[]', now())",
        group,
        web.value());
    database.execute(
        "insert into schedule (id, host_id, name, cron, enabled, created_at)"
            + " values (?, ?, 'nightly', '0 3 * * *', true, now())",
        schedule,
        web.value());
    database.execute(
        "insert into schedule_source_group (schedule_id, source_group_id) values (?, ?)",
        schedule,
        group);
  }

  private UUID addBackup(String status, String finishedAt, String error) {
    UUID id = database.addJob(web.value());
    database.execute(
        "update job set status = ?, source_group_name = 'files', finished_at ="
            + " cast(? as timestamptz), error = ? where id = ?",
        status,
        finishedAt,
        error,
        id);
    return id;
  }

  private HostFacts.Group group() {
    return store.facts(web).get(0).groups().get(0);
  }

  @Test
  void groupIsJudgedByItsNewestBackups() {
    assertThat(group().success()).isEmpty();
    assertThat(group().schedules()).hasSize(1);
    UUID good = addBackup("succeeded", "2026-11-25T03:01:00Z", null);
    UUID bad = addBackup("failed", "2026-11-26T03:01:00Z", "no space");
    addBackup("cancelled", "2026-11-26T04:00:00Z", null);

    assertThat(group().success().map(HostFacts.Success::job)).contains(new JobId(good));
    assertThat(group().failure().map(HostFacts.Failure::job)).contains(new JobId(bad));

    UUID again = addBackup("succeeded", "2026-11-26T05:01:00Z", "3 files could not be read");
    assertThat(group().failure()).isEmpty();
    assertThat(group().success())
        .hasValueSatisfying(
            success -> {
              assertThat(success.job()).isEqualTo(new JobId(again));
              assertThat(success.flagged()).isTrue();
            });
  }

  @Test
  void backupThatRunsIsSeen() {
    assertThat(group().running()).isFalse();
    UUID id = database.addJob(web.value());
    database.execute("update job set source_group_name = 'files' where id = ?", id);
    assertThat(group().running()).isTrue();
  }

  @Test
  void disabledScheduleMakesNothingExpected() {
    database.execute("update schedule set enabled = false");
    assertThat(group().schedules()).isEmpty();
  }

  @Test
  void judgementIsNewsOnlyOnce() {
    Judgement overdue =
        new Judgement(Reason.BACKUP_OVERDUE, Optional.of("files"), Optional.empty(), MORNING);
    assertThat(store.note(Map.of(web, overdue))).isEqualTo(1);
    assertThat(store.note(Map.of(web, overdue))).isZero();
    assertThat(store.note(Map.of(web, Judgement.ofHost(Reason.NO_RESTIC, MORNING)))).isEqualTo(1);
    assertThat(store.note(Map.of(new HostId(Ids.next()), overdue)))
        .as("a host that is gone")
        .isZero();
  }

  @Test
  void fleetIsCountedAndWhoWaitsLongestLeads() {
    HostId mail = new HostId(database.addHost("mail"));
    database.addHost("new");
    UUID job = addBackup("failed", "2026-11-26T03:01:00Z", "wrong password");
    database.execute("update job set exit_code = 12 where id = ?", job);
    store.note(
        Map.of(
            web,
            new Judgement(
                Reason.BACKUP_FAILED, Optional.of("files"), Optional.of(new JobId(job)), MORNING),
            mail,
            new Judgement(
                Reason.BACKUPS_MISSING,
                Optional.of("files"),
                Optional.empty(),
                MORNING.minusSeconds(1))));

    FleetCounts counts = fleet.counts();
    assertThat(counts.all()).isEqualTo(3);
    assertThat(counts.of(Health.FAILING)).isEqualTo(2);
    assertThat(counts.of(Health.UNKNOWN)).isEqualTo(1);
    List<Concern> concerns = fleet.concerns(Health.FAILING, MORNING, 10);
    assertThat(concerns).extracting(Concern::name).containsExactly("mail", "web");
    assertThat(concerns.get(1).exitCode()).contains(12);
    assertThat(concerns.get(1).online()).isFalse();
    assertThat(fleet.concerns(Health.FAILING, MORNING, 1)).hasSize(1);
  }

  @Test
  void lastDayIsCountedByTheHour() {
    addBackup("succeeded", "2026-11-26T03:01:00Z", null);
    addBackup("succeeded", "2026-11-26T03:59:59Z", "look here");
    addBackup("failed", "2026-11-26T05:00:00Z", "no space");
    addBackup("failed", "2026-11-26T06:00:00Z", "too late to count");

    List<Hour> hours = fleet.hours(Instant.parse("2026-11-26T03:00:00Z"), 3, new UUID(0, 0));

    assertThat(hours)
        .containsExactly(
            new Hour(Instant.parse("2026-11-26T03:00:00Z"), 1, 1, 0),
            new Hour(Instant.parse("2026-11-26T04:00:00Z"), 0, 0, 0),
            new Hour(Instant.parse("2026-11-26T05:00:00Z"), 0, 0, 1));
  }
}
