package org.resticmanager.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.resticmanager.TestDatabase;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Sight;
import org.resticmanager.host.Tags;
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
  void allHostsAreJudgedByOneOfSeveralNodes() {
    assertThat(store.begin(MORNING, MORNING.minusSeconds(20))).isTrue();
    assertThat(store.begin(MORNING.plusSeconds(2), MORNING.minusSeconds(18))).isFalse();
    assertThat(store.begin(MORNING.plusSeconds(30), MORNING.plusSeconds(10))).isTrue();
  }

  @Test
  void oneNodeWhoseClockWasFarAheadDoesNotKeepTheOthersFromJudging() {
    store.begin(MORNING.plusSeconds(86_400), MORNING.plusSeconds(86_380));

    assertThat(store.begin(MORNING, MORNING.minusSeconds(20))).isTrue();
    assertThat(store.begin(MORNING.minusSeconds(60), MORNING.minusSeconds(80)))
        .as("clocks that differ a little")
        .isFalse();
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

  /** What takes longest of judging a large fleet is to read them. */
  @Test
  void expressionThatSchedulesShareIsReadOnce() {
    UUID second = Ids.next();
    database.execute(
        "insert into schedule (id, host_id, name, cron, enabled, created_at)"
            + " select ?, host_id, 'again', cron, true, now() from schedule",
        second);
    database.execute(
        "insert into schedule_source_group (schedule_id, source_group_id)"
            + " select ?, source_group_id from schedule_source_group",
        second);

    List<HostFacts.Expectation> schedules = group().schedules();
    assertThat(schedules).hasSize(2);
    assertThat(schedules.get(1).timing().cron()).isSameAs(schedules.get(0).timing().cron());
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

    FleetCounts counts = fleet.counts(Sight.EVERYTHING);
    assertThat(counts.all()).isEqualTo(3);
    assertThat(counts.of(Health.FAILING)).isEqualTo(2);
    assertThat(counts.of(Health.UNKNOWN)).isEqualTo(1);
    List<Concern> concerns = fleet.concerns(Sight.EVERYTHING, Health.FAILING, MORNING, 10);
    assertThat(concerns).extracting(Concern::name).containsExactly("mail", "web");
    assertThat(concerns.get(1).exitCode()).contains(12);
    assertThat(concerns.get(1).online()).isFalse();
    assertThat(fleet.concerns(Sight.EVERYTHING, Health.FAILING, MORNING, 1)).hasSize(1);
  }

  @Test
  void hostsAreFoundByWhatIsKnownOfThem() {
    HostSearchStore search = new HostSearchStore(database);
    HostId mail = new HostId(database.addHost("mail-berlin"));
    database.execute("update host set last_seen_at = now() where id = ?", mail.value());
    database.execute("insert into host_tag (host_id, tag) values (?, 'berlin')", mail.value());
    store.note(Map.of(mail, Judgement.ofHost(Reason.NO_RESTIC, MORNING)));
    Instant aMinuteAgo = Instant.now().minusSeconds(60);
    HostFilter all = new HostFilter("", Optional.empty(), Optional.empty(), "");
    List<HostFilter> ofMail =
        List.of(
            new HostFilter("BERL", Optional.empty(), Optional.empty(), ""),
            new HostFilter("", Optional.of(Health.FAILING), Optional.empty(), ""),
            new HostFilter("", Optional.empty(), Optional.of(true), ""),
            new HostFilter("", Optional.empty(), Optional.empty(), "berlin"));

    for (HostFilter filter : ofMail) {
      HostSearchStore.Matches found =
          search.find(Sight.EVERYTHING, filter, HostOrder.NAME, aMinuteAgo, 0, 10);
      assertThat(found.all()).as("%s", filter).isEqualTo(1);
      assertThat(found.hosts()).extracting(HostSearchStore.Match::host).containsExactly(mail);
    }
    HostFilter unknown = new HostFilter("", Optional.of(Health.UNKNOWN), Optional.empty(), "");
    assertThat(search.find(Sight.EVERYTHING, unknown, HostOrder.NAME, aMinuteAgo, 0, 10).hosts())
        .containsExactly(new HostSearchStore.Match(web, Optional.empty()));
    assertThat(search.find(Sight.EVERYTHING, all, HostOrder.URGENCY, aMinuteAgo, 0, 10).hosts())
        .extracting(HostSearchStore.Match::host)
        .containsExactly(mail, web);
    assertThat(search.find(Sight.EVERYTHING, all, HostOrder.LAST_SEEN, aMinuteAgo, 0, 10).hosts())
        .extracting(HostSearchStore.Match::host)
        .containsExactly(web, mail);
    HostSearchStore.Matches second =
        search.find(Sight.EVERYTHING, all, HostOrder.NAME, aMinuteAgo, 1, 1);
    assertThat(second.all()).isEqualTo(2);
    assertThat(second.hosts()).extracting(HostSearchStore.Match::host).containsExactly(web);
    assertThat(search.tags(Sight.EVERYTHING, 10)).containsExactly("berlin");
  }

  @Test
  void tagsOfHostsAreFoundOnceEachByName() {
    HostSearchStore search = new HostSearchStore(database);
    assertThat(search.tags(Sight.EVERYTHING, 10)).isEmpty();
    HostId mail = new HostId(database.addHost("mail"));
    for (String tag : List.of("paris", "athens", "berlin")) {
      database.execute("insert into host_tag (host_id, tag) values (?, ?)", web.value(), tag);
    }
    for (String tag : List.of("zagreb", "berlin", "all")) {
      database.execute("insert into host_tag (host_id, tag) values (?, ?)", mail.value(), tag);
    }

    assertThat(search.tags(Sight.EVERYTHING, 10))
        .containsExactly("all", "athens", "berlin", "paris", "zagreb");
    assertThat(search.tags(Sight.EVERYTHING, 2)).containsExactly("all", "athens");
    assertThat(search.tags(Sight.within(Tags.of(List.of("paris"))), 10))
        .containsExactly("athens", "berlin", "paris");
    assertThat(search.tags(Sight.within(Tags.of(List.of("oslo"))), 10)).isEmpty();
  }

  @Test
  void whoIsLimitedToTagsIsToldOfNoOtherHost() {
    HostSearchStore search = new HostSearchStore(database);
    HostId mail = new HostId(database.addHost("mail"));
    database.execute("insert into host_tag (host_id, tag) values (?, 'berlin')", mail.value());
    database.execute("insert into host_tag (host_id, tag) values (?, 'paris')", web.value());
    UUID repository = Ids.next();
    database.execute(
        "insert into repository (id, name, url, created_at, last_check_status)"
            + " values (?, 'nas', '/nas', now(), 'broken')",
        repository);
    database.execute(
        "insert into repository_connection (host_id, repository_id, connected_at)"
            + " values (?, ?, now())",
        web.value(),
        repository);
    addBackup("succeeded", "2026-11-26T03:01:00Z", null);
    store.note(
        Map.of(
            web, Judgement.ofHost(Reason.NO_RESTIC, MORNING),
            mail, Judgement.ofHost(Reason.NO_RESTIC, MORNING)));
    Sight berlin = Sight.within(Tags.of(List.of("berlin")));
    Sight paris = Sight.within(Tags.of(List.of("paris")));
    HostFilter all = new HostFilter("", Optional.empty(), Optional.empty(), "");
    LocalDate today = LocalDate.of(2026, 11, 26);
    Instant night = Instant.parse("2026-11-26T03:00:00Z");

    assertThat(fleet.counts(berlin).all()).isEqualTo(1);
    assertThat(fleet.concerns(berlin, Health.FAILING, MORNING, 10))
        .extracting(Concern::name)
        .containsExactly("mail");
    assertThat(fleet.hours(berlin, night, 1).get(0).all()).isZero();
    assertThat(fleet.hours(paris, night, 1).get(0).all()).isEqualTo(1);
    assertThat(fleet.growth(berlin, today, 10)).isEmpty();
    assertThat(fleet.growth(paris, today, 10)).hasSize(1);
    assertThat(fleet.damaged(berlin)).isEmpty();
    assertThat(fleet.damaged(paris)).hasSize(1);
    assertThat(search.find(berlin, all, HostOrder.NAME, MORNING, 0, 10).hosts())
        .extracting(HostSearchStore.Match::host)
        .containsExactly(mail);
    assertThat(search.tags(berlin, 10)).containsExactly("berlin");
  }

  @Test
  void lastDayIsCountedByTheHour() {
    addBackup("succeeded", "2026-11-26T03:01:00Z", null);
    addBackup("succeeded", "2026-11-26T03:59:59Z", "look here");
    addBackup("failed", "2026-11-26T05:00:00Z", "no space");
    addBackup("failed", "2026-11-26T06:00:00Z", "too late to count");

    List<Hour> hours = fleet.hours(Sight.EVERYTHING, Instant.parse("2026-11-26T03:00:00Z"), 3);

    assertThat(hours)
        .containsExactly(
            new Hour(Instant.parse("2026-11-26T03:00:00Z"), 1, 1, 0),
            new Hour(Instant.parse("2026-11-26T04:00:00Z"), 0, 0, 0),
            new Hour(Instant.parse("2026-11-26T05:00:00Z"), 0, 0, 1));
  }
}
