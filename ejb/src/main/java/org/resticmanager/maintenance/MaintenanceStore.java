package org.resticmanager.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobId;
import org.resticmanager.platform.Database;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.repository.RepositoryId;
import org.resticmanager.source.Cron;

/** The maintenance plans in the database; call it inside a transaction. */
@ApplicationScoped
public class MaintenanceStore {

  private final Database database;

  @Inject
  MaintenanceStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected MaintenanceStore() {
    this(null);
  }

  /**
   * A plan as it is stored.
   *
   * @param version counts its changes, from 1
   * @param checkPart which part of the data the next check reads, from 1
   * @param next when each enabled operation is due; the past means that it is overdue
   */
  record Stored(MaintenancePlan plan, long version, int checkPart, Map<Operation, Instant> next) {}

  /**
   * An operation whose moment has come.
   *
   * @param at when it was due
   */
  public record Due(RepositoryId repository, Operation operation, Instant at) {}

  /**
   * An operation whose moment is to come.
   *
   * @param due when, as somebody has worked it out
   * @param moment by what
   */
  record Planned(Due due, Moment moment) {}

  /** A job that its host will not begin soon. */
  record Stranded(RepositoryId repository, Operation operation, JobId job) {}

  /** Makes the usual plan for every repository that has none; returns how many. */
  int addMissing() {
    return run(
        "insert into maintenance_plan (repository_id) select id from repository r"
            + " where r.removed_at is null and not exists"
            + " (select 1 from maintenance_plan p where p.repository_id = r.id)"
            + " on conflict do nothing",
        List.of(),
        added -> {
          for (Operation operation : Operation.values()) {
            operation.usual().ifPresent(cron -> addMissing(operation, cron));
          }
          return added;
        });
  }

  private void addMissing(Operation operation, Cron cron) {
    run(
        "insert into maintenance_moment (repository_id, operation, cron) select repository_id, ?, ?"
            + " from maintenance_plan p where not exists (select 1 from maintenance_moment m"
            + " where m.repository_id = p.repository_id and m.operation = ?) on conflict do nothing",
        List.of(operation.word(), cron.expression(), operation.word()),
        added -> added);
  }

  /** The plan of a repository; empty if there is none yet. */
  Optional<Stored> find(RepositoryId repository) {
    return query(
            "select version, check_percent, check_part, forget_share_percent, forget_few"
                + " from maintenance_plan where repository_id = ?",
            List.of(repository.value()),
            row -> stored(repository, row))
        .stream()
        .findFirst();
  }

  private Stored stored(RepositoryId repository, ResultSet row) throws SQLException {
    Map<Operation, Moment> moments = new EnumMap<>(Operation.class);
    Map<Operation, Instant> next = new EnumMap<>(Operation.class);
    query(
        "select operation, cron, zone, enabled, next_at from maintenance_moment"
            + " where repository_id = ?",
        List.of(repository.value()),
        moment -> {
          Operation operation = Operation.named(moment.getString(1));
          moments.put(operation, moment(moment, 2));
          OffsetDateTime at = moment.getObject(5, OffsetDateTime.class);
          if (at != null) {
            next.put(operation, at.toInstant());
          }
          return operation;
        });
    return new Stored(
        new MaintenancePlan(moments, row.getInt(2), row.getInt(4), row.getInt(5)),
        row.getLong(1),
        row.getInt(3),
        next);
  }

  private static Moment moment(ResultSet row, int first) throws SQLException {
    return new Moment(
        new Cron(row.getString(first)),
        ZoneId.of(row.getString(first + 1)),
        row.getBoolean(first + 2));
  }

  /** Lets one transaction at a time decide about the maintenance of a repository. */
  void lock(RepositoryId repository) {
    query(
        "select 1 from maintenance_plan where repository_id = ? for update",
        List.of(repository.value()),
        row -> row.getInt(1));
  }

  /**
   * Takes over all but the moments; a check that reads another share begins with its first part.
   */
  void update(RepositoryId repository, MaintenancePlan plan) {
    run(
        "update maintenance_plan set version = version + 1,"
            + " check_part = case when check_percent = ? then check_part else 1 end,"
            + " check_percent = ?, forget_share_percent = ?, forget_few = ? where repository_id = ?",
        List.of(
            plan.checkPercent(),
            plan.checkPercent(),
            plan.forgetSharePercent(),
            plan.forgetFew(),
            repository.value()),
        updated -> updated);
  }

  /**
   * Takes over a moment.
   *
   * @param next when it comes; empty if it does not
   */
  void update(RepositoryId repository, Operation operation, Moment moment, Optional<Instant> next) {
    run(
        "update maintenance_moment set cron = ?, zone = ?, enabled = ?,"
            + " next_at = cast(nullif(?, '') as timestamptz) where repository_id = ? and operation = ?",
        List.of(
            moment.cron().expression(),
            moment.zone().getId(),
            moment.enabled(),
            next.map(Instant::toString).orElse(""),
            repository.value(),
            operation.word()),
        updated -> updated);
  }

  /** The moments of which nobody has worked out when they come. */
  List<Due> unplanned(Instant now) {
    return query(
        "select repository_id, operation from maintenance_moment"
            + " where enabled and next_at is null for update skip locked",
        List.of(),
        row -> new Due(repository(row), Operation.named(row.getString(2)), now));
  }

  /** What is to come after this moment. */
  List<Planned> planned(Instant after) {
    return query(
        "select m.repository_id, m.operation, m.cron, m.zone, m.enabled, m.next_at"
            + " from maintenance_moment m join repository r on r.id = m.repository_id"
            + " where m.enabled and m.next_at > ? and r.removed_at is null",
        List.of(after),
        row ->
            new Planned(
                new Due(
                    repository(row),
                    Operation.named(row.getString(2)),
                    row.getObject(6, OffsetDateTime.class).toInstant()),
                moment(row, 3)));
  }

  /** It comes at another time, unless somebody has changed that meanwhile. */
  void move(Due planned, Instant to) {
    run(
        "update maintenance_moment set next_at = ? where repository_id = ? and operation = ?"
            + " and next_at = ?",
        List.of(to, planned.repository().value(), planned.operation().word(), planned.at()),
        updated -> updated);
  }

  /** What has come, the longest overdue first. */
  List<Due> due(Instant now) {
    return query(
        "select m.repository_id, m.operation, m.next_at from maintenance_moment m join repository r"
            + " on r.id = m.repository_id where m.enabled and m.next_at <= ?"
            + " and r.removed_at is null order by m.next_at",
        List.of(now),
        row ->
            new Due(
                repository(row),
                Operation.named(row.getString(2)),
                row.getObject(3, OffsetDateTime.class).toInstant()));
  }

  private static RepositoryId repository(ResultSet row) throws SQLException {
    return new RepositoryId(row.getObject(1, UUID.class));
  }

  /**
   * Claims an operation that is due, for this transaction: when it was. Empty if it is not due any
   * more, or another transaction is at this repository's plan.
   */
  Optional<Instant> claim(RepositoryId repository, Operation operation, Instant now) {
    return query(
            "select m.next_at from maintenance_plan p join maintenance_moment m"
                + " on m.repository_id = p.repository_id where p.repository_id = ?"
                + " and m.operation = ? and m.enabled and m.next_at <= ? for update skip locked",
            List.of(repository.value(), operation.word(), now),
            row -> row.getObject(1, OffsetDateTime.class).toInstant())
        .stream()
        .findFirst();
  }

  /** True for exactly one caller: the table's key decides. */
  boolean fire(Due due, Instant now) {
    return run(
        "insert into maintenance_fire (repository_id, operation, scheduled_at, fired_at)"
            + " values (?, ?, ?, ?) on conflict do nothing",
        List.of(due.repository().value(), due.operation().word(), due.at(), now),
        inserted -> inserted == 1);
  }

  /** When it comes next. */
  void next(RepositoryId repository, Operation operation, Instant at) {
    run(
        "update maintenance_moment set next_at = ? where repository_id = ? and operation = ?",
        List.of(at, repository.value(), operation.word()),
        updated -> updated);
  }

  /** Notes what is to be known of a job besides what jobs know of themselves. */
  void add(JobId job, Optional<String> confirmed, int checkPart, int checkParts) {
    run(
        "insert into maintenance_job (job_id, confirmed, check_part, check_parts)"
            + " values (?, nullif(?, ''), ?, ?)",
        List.of(job.value(), confirmed.orElse(""), checkPart, checkParts),
        inserted -> inserted);
  }

  /** An operator wants this forget, which waits already, whatever goes by these policies. */
  void confirm(JobId first, String policies) {
    run(
        "insert into maintenance_job (job_id, confirmed) values (?, ?)"
            + " on conflict (job_id) do update set confirmed = excluded.confirmed",
        List.of(first.value(), policies),
        written -> written);
  }

  /** The policies for which an operator wants this forget whatever goes. */
  Optional<String> confirmed(JobId first) {
    return query(
            "select confirmed from maintenance_job where job_id = ? and confirmed is not null",
            List.of(first.value()),
            row -> row.getString(1))
        .stream()
        .findFirst();
  }

  /** The guard did not let this forget pass. */
  void refused(JobId job) {
    run(
        "insert into maintenance_job (job_id, refused) values (?, true)"
            + " on conflict (job_id) do update set refused = true",
        List.of(job.value()),
        updated -> updated);
  }

  boolean wasRefused(JobId job) {
    return !query(
            "select 1 from maintenance_job where job_id = ? and refused",
            List.of(job.value()),
            row -> row.getInt(1))
        .isEmpty();
  }

  /**
   * A check has read its part of the data: the next one reads the part after it. Changes nothing if
   * the part was read already, or the data is cut in another way since.
   */
  void partRead(JobId job, JobId first) {
    run(
        "update maintenance_plan p set check_part = m.check_part % m.check_parts + 1"
            + " from maintenance_job m, job j where j.id = ? and m.job_id = ?"
            + " and p.repository_id = j.repository_id and m.check_part = p.check_part"
            + " and m.check_parts > 0 and m.check_parts = (99 + p.check_percent)"
            + " / nullif(p.check_percent, 0)",
        List.of(job.value(), first.value()), updated -> updated);
  }

  /** What of the data checks have read; of each part the newest check counts that succeeded. */
  CheckCoverage coverage(RepositoryId repository, int parts) {
    return query(
            "select count(*), min(part.read_at) from (select max(j.finished_at) read_at"
                + " from maintenance_job m join job j on coalesce(j.first_job_id, j.id) = m.job_id"
                + " where j.repository_id = ? and j.kind = 'check' and j.status = 'succeeded'"
                + " and m.check_parts = ? group by m.check_part) part",
            List.of(repository.value(), parts),
            row ->
                new CheckCoverage(
                    parts,
                    row.getInt(1),
                    Optional.ofNullable(row.getObject(2, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)))
        .get(0);
  }

  /**
   * Prunes and checks that were due and that no host has begun, because theirs was not heard of
   * since then. Another host may do them; a forget is each host's own.
   */
  List<Stranded> stranded(Instant since) {
    return query(
        "select j.repository_id, j.kind, j.id from maintenance_job m join job j on j.id = m.job_id"
            + " join host h on h.id = j.host_id join maintenance_moment p"
            + " on p.repository_id = j.repository_id and p.operation = j.kind and p.enabled"
            + " where j.status = 'queued' and j.dispatched_at is null and j.queued_by = ?"
            + " and j.kind in ('prune', 'check') and j.queued_at < ?"
            + " and (h.last_seen_at is null or h.last_seen_at < ?)",
        List.of(Maintenance.ACTOR, since, since),
        row ->
            new Stranded(
                repository(row),
                Operation.named(row.getString(2)),
                new JobId(row.getObject(3, UUID.class))));
  }

  /** The hosts that back up to a repository, the one that was heard of last first. */
  List<HostId> hosts(RepositoryId repository) {
    return query(
        "select h.id from repository_connection c join host h on h.id = c.host_id"
            + " where c.repository_id = ? order by h.last_seen_at desc nulls last, h.id",
        List.of(repository.value()),
        row -> new HostId(row.getObject(1, UUID.class)));
  }

  /** Whether there are credentials that may delete. */
  boolean hasAdminSlot(RepositoryId repository) {
    return !query(
            "select 1 from repository_credential where repository_id = ? and slot = ?",
            List.of(repository.value(), ConfigUpdate.SLOT_ADMIN),
            row -> row.getInt(1))
        .isEmpty();
  }

  private interface Rows<T> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Count<T> {
    T of(int rows);
  }

  private <T> List<T> query(String sql, List<Object> parameters, Rows<T> rows) {
    try (var connection = database.connection();
        var statement = prepare(connection, sql, parameters);
        var result = statement.executeQuery()) {
      List<T> read = new ArrayList<>();
      while (result.next()) {
        read.add(rows.read(result));
      }
      return read;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read maintenance plans", e);
    }
  }

  private <T> T run(String sql, List<Object> parameters, Count<T> count) {
    try (var connection = database.connection();
        var statement = prepare(connection, sql, parameters)) {
      return count.of(statement.executeUpdate());
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write maintenance plans", e);
    }
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, List<Object> parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.size(); i++) {
      Object parameter = parameters.get(i);
      statement.setObject(
          i + 1,
          parameter instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameter);
    }
    return statement;
  }
}
