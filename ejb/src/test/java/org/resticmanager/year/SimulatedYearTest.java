package org.resticmanager.year;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostId;
import org.resticmanager.host.Hosts;
import org.resticmanager.maintenance.Maintenance;
import org.resticmanager.maintenance.MaintenancePlan;
import org.resticmanager.maintenance.Moment;
import org.resticmanager.maintenance.Operation;
import org.resticmanager.repository.CredentialEdit;
import org.resticmanager.repository.NewRepository;
import org.resticmanager.repository.Repositories;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.repository.Slot;
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

/**
 * A year of twenty hosts in five zones and of their four repositories, with both changes of the
 * clocks. Hosts sleep for days, all hosts of one repository at the same time once, and the control
 * plane is down for a day and a half. Nothing is lost and nothing doubled: what should have been
 * done is reckoned with another library, from the moments of the expressions and the times at which
 * nobody was there.
 */
class SimulatedYearTest {

  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

  /** A Friday evening: over the first of a month and into a Sunday. */
  private static final Instant DOWN = Instant.parse("2026-07-31T21:40:00Z");

  private static final Instant UP = DOWN.plus(Duration.ofHours(36));

  /** All hosts of the third repository sleep, over a Sunday. */
  private static final Instant ALL_ASLEEP = Instant.parse("2026-05-08T20:00:00Z");

  /** All checks of one month fail. */
  private static final Instant BAD_MONTH = Instant.parse("2026-03-25T00:00:00Z");

  private static final int HOSTS = 20;
  private static final int KEPT = 7;
  private static final List<String> ZONES =
      List.of("Europe/Berlin", "America/New_York", "UTC", "Australia/Lord_Howe", "Asia/Kolkata");
  private static final List<String> OFTEN =
      List.of("30 2 * * 0,3", "45 1 * * 0", "0 4 * * 3", "15 2 * * 0", "30 1 * * 6");
  private static final List<String> SELDOM = List.of("0 5 1 * *", "0 0 29 * *", "30 1 15 * *");
  private static final String ONE_GROUP = "data";
  private static final String OTHER_GROUP = "system";

  private static final QuietHours SUNDAYS =
      new QuietHours(
          EnumSet.of(DayOfWeek.SUNDAY), LocalTime.of(2, 0), LocalTime.of(9, 0), ZoneId.of("UTC"));
  private static final QuietHours NIGHTS =
      new QuietHours(
          EnumSet.allOf(DayOfWeek.class),
          LocalTime.of(2, 0),
          LocalTime.of(5, 0),
          ZoneId.of("Australia/Lord_Howe"));

  /**
   * A repository's plan: the usual hours but for one, by the clocks of these zones.
   *
   * @param quiet the blackout windows of its hosts, by their place in it
   */
  private record Place(
      String zone, String forget, String prune, int checkPercent, Map<Integer, QuietHours> quiet) {

    private static final String CHECK = "0 5 1 * *";

    int parts() {
      return (100 + checkPercent - 1) / checkPercent;
    }
  }

  private static final List<Place> PLACES =
      List.of(
          new Place("UTC", "0 3 * * *", "0 4 * * 0", 5, Map.of(0, SUNDAYS, 2, SUNDAYS)),
          new Place("Europe/Berlin", "30 2 * * *", "30 2 * * 0", 10, Map.of()),
          new Place("America/New_York", "0 3 * * *", "0 4 * * 0", 25, Map.of()),
          new Place(
              "Australia/Lord_Howe",
              "0 3 * * *",
              "0 4 * * 0",
              34,
              Map.of(0, NIGHTS, 1, NIGHTS, 2, NIGHTS, 3, NIGHTS, 4, NIGHTS)));

  private record Planned(SimulatedAgent agent, String schedule, String cron, Set<String> groups) {}

  private final Random random = new Random(2026);
  private final List<SimulatedRepository> repositories = new ArrayList<>();
  private final List<SimulatedAgent> agents = new ArrayList<>();
  private final List<Planned> schedules = new ArrayList<>();
  private final Absences outage = new Absences();

  private TestContainer node;
  private Year year;

  static boolean checkFails(Instant at) {
    return at.isAfter(BAD_MONTH) && at.isBefore(BAD_MONTH.plus(Duration.ofDays(14)));
  }

  @Test
  void everythingIsDoneOnceAndNothingIsLost() throws SQLException {
    try (TestContainer container = new TestContainer(BEGIN);
        Year lived = new Year(container)) {
      node = container;
      year = lived;
      PLACES.forEach(this::addRepository);
      for (int host = 0; host < HOSTS; host++) {
        addHost(host);
      }
      planOutage();

      year.live();

      List<JobRecord> jobs = jobs();
      assertThat(node.warnings()).isEmpty();
      assertThat(jobs).allMatch(job -> job.status().equals("succeeded") || retried(job));
      backupsAreThoseOfTheSchedules(jobs);
      maintenanceIsThatOfThePlans(jobs);
      checksReadOnePartAfterTheOther(jobs);
      nobodyIsDisturbed(jobs);
      nothingRunsBesideWhatMustRunAlone(jobs);
      whatIsToBeKeptIsThere();
    }
  }

  private static boolean retried(JobRecord job) {
    return job.kind().equals("backup")
        || (job.kind().equals("check") && checkFails(job.finishedAt()));
  }

  private void addRepository(Place place) {
    Repositories boundary = node.get(Repositories.class);
    RepositoryId id =
        boundary
            .create(new NewRepository("in " + place.zone(), "/srv/r", "secret", null, null))
            .id();
    boundary.putCredentials(id, Slot.ADMIN, new CredentialEdit(null, null, null, null, null));
    ZoneId zone = ZoneId.of(place.zone());
    node.get(Maintenance.class)
        .edit(
            id,
            state ->
                new MaintenancePlan(
                    Map.of(
                        Operation.FORGET, new Moment(new Cron(place.forget()), zone, true),
                        Operation.PRUNE, new Moment(new Cron(place.prune()), zone, true),
                        Operation.CHECK, new Moment(new Cron(Place.CHECK), zone, true)),
                    place.checkPercent(),
                    50,
                    3));
    repositories.add(new SimulatedRepository(id));
  }

  private void addHost(int number) {
    SimulatedRepository repository = repositories.get(number % PLACES.size());
    ZoneId zone = ZoneId.of(ZONES.get(number % ZONES.size()));
    String name = String.format("host-%02d", number);
    HostId host = node.get(Hosts.class).add(name, name, "linux", "amd64").id();
    node.get(Repositories.class).connect(host, repository.id());
    SimulatedAgent agent = new SimulatedAgent(node, year, host, name, zone, repository, random);
    agents.add(agent);
    boolean keepsAll = !forgets(number);
    put(host, ONE_GROUP, keepsAll ? 0 : KEPT);
    put(host, OTHER_GROUP, 0);
    if (!keepsAll) {
      agent.reportSnapshotsOf(ONE_GROUP);
    }
    quiet(agent).ifPresent(hours -> node.get(Blackouts.class).put(host, hours.windows()));
    agent.connect();
    schedule(agent, "often", OFTEN.get(number % OFTEN.size()), Set.of(ONE_GROUP));
    schedule(agent, "seldom", SELDOM.get(number % SELDOM.size()), Set.of(ONE_GROUP, OTHER_GROUP));
    planSleep(agent, number);
  }

  /** One in each repository. */
  private static boolean forgets(int host) {
    return host % ZONES.size() == 0;
  }

  private void put(HostId host, String group, int kept) {
    node.get(SourceGroups.class)
        .put(
            host,
            group,
            new SourceGroupPlan(
                Paths.of(List.of("/" + group), List.of()),
                new Retention(kept, 0, 0, 0, 0, 0, "", List.of()),
                new RetryRule(3, 300),
                Hooks.NONE,
                0),
            before -> {});
  }

  private void schedule(SimulatedAgent agent, String name, String cron, Set<String> groups) {
    node.get(Schedules.class)
        .put(
            agent.hostId(),
            name,
            Timing.of(new Cron(cron), "", 0),
            true,
            List.copyOf(groups),
            before -> {});
    schedules.add(new Planned(agent, name, cron, groups));
  }

  private Optional<QuietHours> quiet(SimulatedAgent agent) {
    int place = repositories.indexOf(agent.repository());
    int number = agents.indexOf(agent) / PLACES.size();
    return Optional.ofNullable(PLACES.get(place).quiet().get(number));
  }

  /** From an evening to some other morning, when nothing is due. */
  private void planSleep(SimulatedAgent agent, int number) {
    for (int month = 1; month <= 10; month += 3) {
      Instant evening =
          BEGIN.plus(Duration.ofDays(30L * month + random.nextInt(20)).plusMinutes(19 * 60 + 10));
      sleepOnceIdle(agent, evening, 1 + random.nextInt(9));
    }
    if (number % PLACES.size() == 2) {
      sleepOnceIdle(agent, ALL_ASLEEP, 5);
    }
  }

  private void sleepOnceIdle(SimulatedAgent agent, Instant evening, int nights) {
    Instant morning = evening.plus(Duration.ofDays(nights)).minus(Duration.ofMinutes(8 * 60));
    year.at(evening, () -> sleep(agent, morning.plusSeconds(random.nextInt(3600))));
  }

  private void sleep(SimulatedAgent agent, Instant morning) {
    boolean overslept = !year.now().isBefore(morning.minus(Duration.ofHours(8)));
    if (overslept || agent.sleeps().contain(year.now())) {
      return;
    }
    if (agent.idle() && year.nothingOpen(agent.hostId())) {
      agent.sleepUntil(morning);
    } else {
      year.after(Duration.ofMinutes(30), () -> sleep(agent, morning));
    }
  }

  private void planOutage() {
    outage.add(DOWN, UP);
    agents.forEach(agent -> agent.cutOff().add(DOWN, UP.plusSeconds(random.nextInt(30))));
    year.at(
        DOWN,
        () -> {
          year.down(true);
          agents.forEach(SimulatedAgent::disconnect);
        });
    year.at(
        UP,
        () -> {
          year.down(false);
          agents.forEach(agent -> year.at(agent.cutOff().over(DOWN), agent::connect));
        });
  }

  /** Each moment of which somebody heard, and of those that nobody heard the newest. */
  private void backupsAreThoseOfTheSchedules(List<JobRecord> jobs) {
    for (Planned planned : schedules) {
      Set<Instant> heard = new TreeSet<>();
      for (Instant moment : moments(planned.cron(), planned.agent().zone())) {
        heard.add(planned.agent().cutOff().over(planned.agent().sleeps().over(moment)));
      }
      for (String group : planned.groups()) {
        List<JobRecord> backups =
            jobs.stream()
                .filter(job -> job.host().equals(planned.agent().name()))
                .filter(job -> job.kind().equals("backup"))
                .filter(job -> job.schedule().equals("schedule " + planned.schedule()))
                .filter(job -> job.sourceGroup().equals(group))
                .toList();
        assertSame(
            group + " of " + planned.agent().name() + ", " + planned.cron(),
            heard,
            backups.stream().filter(job -> job.attempt() == 1).map(JobRecord::queuedAt).toList());
        assertThat(backups)
            .filteredOn(job -> job.status().equals("succeeded"))
            .extracting(JobRecord::first)
            .doesNotHaveDuplicates()
            .hasSameSizeAs(heard);
      }
    }
  }

  private static void assertSame(String what, Set<Instant> expected, List<Instant> actual) {
    assertThat(actual).as("doubled: %s", what).doesNotHaveDuplicates();
    TreeSet<Instant> lost = new TreeSet<>(expected);
    actual.forEach(lost::remove);
    assertThat(lost).as("lost: %s", what).isEmpty();
    TreeSet<Instant> tooMany = new TreeSet<>(actual);
    tooMany.removeAll(expected);
    assertThat(tooMany).as("too many: %s", what).isEmpty();
  }

  private static TreeSet<Instant> moments(String cron, ZoneId zone) {
    return Moments.of(cron, zone, BEGIN, END);
  }

  private void maintenanceIsThatOfThePlans(List<JobRecord> jobs) {
    for (int number = 0; number < PLACES.size(); number++) {
      Place place = PLACES.get(number);
      SimulatedRepository repository = repositories.get(number);
      List<SimulatedAgent> hosts =
          agents.stream().filter(agent -> agent.repository() == repository).toList();
      ZoneId zone = ZoneId.of(place.zone());
      TreeSet<Instant> forgets = begun(moments(place.forget(), zone), outage::over);
      assertFires(repository, "forget", forgets);
      for (SimulatedAgent host : hosts) {
        assertForgets(host, forgets, jobs);
      }
      for (String operation : List.of("prune", "check")) {
        TreeSet<Instant> moments =
            moments(operation.equals("prune") ? place.prune() : Place.CHECK, zone);
        TreeSet<Instant> begun = begun(moments, moment -> firstThere(hosts, moment));
        assertFires(repository, operation, begun);
        assertThat(of(repository, operation, jobs))
            .as("%s in %s", operation, place.zone())
            .hasSameSizeAs(begun);
      }
    }
  }

  private interface Postponement {
    Instant of(Instant moment);
  }

  /** When operations begin: a moment that comes before the last one has begun is done with it. */
  private static TreeSet<Instant> begun(TreeSet<Instant> moments, Postponement postponement) {
    return moments.stream().map(postponement::of).collect(Collectors.toCollection(TreeSet::new));
  }

  private Instant firstThere(List<SimulatedAgent> hosts, Instant moment) {
    return hosts.stream().map(host -> there(host, moment)).min(Instant::compareTo).orElseThrow();
  }

  /** When this host is awake and may be disturbed, and the control plane runs. */
  private Instant there(SimulatedAgent host, Instant moment) {
    Instant later = host.cutOff().over(host.sleeps().over(moment));
    Instant allowed = quiet(host).map(hours -> hours.over(later)).orElse(later);
    return allowed.equals(moment) ? moment : there(host, allowed);
  }

  private void assertFires(
      SimulatedRepository repository, String operation, TreeSet<Instant> begun) {
    assertSame(operation + " of " + repository.id(), begun, fired(repository, operation));
  }

  private void assertForgets(SimulatedAgent host, TreeSet<Instant> fires, List<JobRecord> jobs) {
    List<JobRecord> forgets =
        jobs.stream()
            .filter(job -> job.host().equals(host.name()) && job.kind().equals("forget"))
            .toList();
    if (!forgets(agents.indexOf(host))) {
      assertThat(forgets).as("%s keeps everything", host.name()).isEmpty();
      return;
    }
    Instant firstBackup =
        jobs.stream()
            .filter(job -> job.host().equals(host.name()) && job.kind().equals("backup"))
            .filter(job -> job.sourceGroup().equals(ONE_GROUP))
            .filter(job -> job.status().equals("succeeded"))
            .map(JobRecord::finishedAt)
            .min(Instant::compareTo)
            .orElseThrow();
    Set<Instant> begun =
        fires.tailSet(firstBackup).stream()
            .map(moment -> there(host, moment))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(forgets)
        .as("forgets of %s", host.name())
        .extracting(JobRecord::queuedAt)
        .doesNotHaveDuplicates()
        .hasSameSizeAs(begun);
  }

  private void checksReadOnePartAfterTheOther(List<JobRecord> jobs) {
    for (int number = 0; number < PLACES.size(); number++) {
      int parts = PLACES.get(number).parts();
      List<String> expected = new ArrayList<>();
      int part = 1;
      List<JobRecord> checks = of(repositories.get(number), "check", jobs);
      for (JobRecord check : checks) {
        expected.add(part + "/" + parts);
        if (!checkFails(check.finishedAt())) {
          part = part % parts + 1;
        }
      }
      assertThat(checks).extracting(JobRecord::readDataSubset).isEqualTo(expected);
      assertThat(checks).filteredOn(check -> check.status().equals("failed")).hasSize(1);
    }
  }

  private void nobodyIsDisturbed(List<JobRecord> jobs) {
    for (SimulatedAgent agent : agents) {
      quiet(agent)
          .ifPresent(
              hours ->
                  assertThat(jobs)
                      .filteredOn(job -> job.host().equals(agent.name()))
                      .filteredOn(job -> !job.kind().equals("init"))
                      .noneMatch(job -> hours.contain(job.dueAt())));
    }
  }

  private static void nothingRunsBesideWhatMustRunAlone(List<JobRecord> jobs) {
    Map<String, List<JobRecord>> byRepository =
        jobs.stream().collect(Collectors.groupingBy(JobRecord::repository));
    byRepository
        .values()
        .forEach(
            all -> {
              // sorted by their beginning: the longest takes an hour
              for (int i = 0; i < all.size(); i++) {
                JobRecord one = all.get(i);
                for (int j = i + 1; j < all.size() && one.overlaps(all.get(j)); j++) {
                  JobRecord other = all.get(j);
                  assertThat(one.alone() || other.alone() || one.host().equals(other.host()))
                      .as("%s and %s at once", one, other)
                      .isFalse();
                }
              }
            });
  }

  private void whatIsToBeKeptIsThere() {
    for (SimulatedAgent agent : agents) {
      if (forgets(agents.indexOf(agent))) {
        assertThat(agent.repository().of(agent.name(), ONE_GROUP))
            .as("%s of %s", ONE_GROUP, agent.name())
            .hasSizeBetween(KEPT, KEPT + 3);
      }
    }
  }

  private List<JobRecord> of(SimulatedRepository repository, String kind, List<JobRecord> jobs) {
    return jobs.stream()
        .filter(job -> job.repository().equals(repository.id().toString()))
        .filter(job -> job.kind().equals(kind))
        .toList();
  }

  private List<Instant> fired(SimulatedRepository repository, String operation) {
    return node.database()
        .rows(
            "select fired_at from maintenance_fire where repository_id = ? and operation = ?"
                + " order by scheduled_at",
            row -> row.getObject(1, OffsetDateTime.class).toInstant(),
            repository.id().value(),
            operation);
  }

  private List<JobRecord> jobs() {
    return node.database()
        .rows(
            "select h.name, cast(j.repository_id as text), j.kind, j.status, j.source_group_name,"
                + " j.queued_by, cast(j.first_job_id as text), j.attempt, j.queued_at, coalesce(j.not_before, j.queued_at), j.started_at,"
                + " j.finished_at, j.read_data_subset from job j join host h on h.id = j.host_id"
                + " order by coalesce(j.started_at, j.queued_at)",
            row ->
                new JobRecord(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getInt(8),
                    row.getObject(9, OffsetDateTime.class).toInstant(),
                    row.getObject(10, OffsetDateTime.class).toInstant(),
                    row.getObject(11, OffsetDateTime.class).toInstant(),
                    row.getObject(12, OffsetDateTime.class).toInstant(),
                    row.getString(13)));
  }
}
