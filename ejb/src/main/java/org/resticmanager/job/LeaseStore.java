package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Database;
import org.resticmanager.protocol.wire.JobKind;
import org.resticmanager.repository.RepositoryId;

/**
 * Who may use a repository, and who stands in line for it; call it inside a transaction. Times are
 * the database's, because nodes' clocks differ.
 */
@ApplicationScoped
public class LeaseStore {

  /** Four sweeps: a place is lost when its host is. */
  static final Duration PLACE = Duration.ofSeconds(20);

  /**
   * A clock that was set back makes old places good for long; none can be good for longer than
   * this.
   */
  private static final Duration LONGEST_PLACE = PLACE.multipliedBy(2);

  private static final String WITH_ITS_AGENT =
      "j.status = 'running' or j.dispatched_at is not null";

  private static final String NOT_LOST =
      "coalesce(h.last_seen_at, j.dispatched_at) > clock_timestamp() - make_interval(secs => ?)";

  /**
   * Whether a job j, of a host h that is not lost, has the lease, as a condition in SQL; its one
   * parameter is for how many seconds a host may be silent.
   */
  static final String HOLDS = "(" + WITH_ITS_AGENT + ") and " + NOT_LOST;

  private final Database database;

  /** Whether this job's place is good now, as a condition in SQL. */
  static String placeHolds(String job) {
    return job
        + ".lease_asking_until between clock_timestamp()"
        + " and clock_timestamp() + make_interval(secs => "
        + LONGEST_PLACE.toSeconds()
        + ")";
  }

  @Inject
  LeaseStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected LeaseStore() {
    this(null);
  }

  /**
   * Another job that is in the way.
   *
   * @param kind what it does
   * @param repository the name of the repository
   * @param host the name of its host
   * @param holds it has the lease; else it came first
   */
  record Rival(JobKind kind, String repository, String host, boolean holds) {

    /** As in "it waits for …", without the host: not everybody sees it. */
    String inWords() {
      return "the "
          + kind.wireName()
          + (kind == JobKind.BACKUP ? " to repository " : " of repository ")
          + repository
          + (holds ? "" : ", which came first");
    }
  }

  /**
   * Asks for the lease for a job that could start now. Empty if it has it: the caller marks the job
   * as sent in this transaction, and has the lease until the job ends or goes back to the queue.
   * Otherwise the job stands in line: whoever asked first is first, for as long as they ask again
   * every few seconds.
   *
   * <p>One transaction at a time decides about a repository, on whatever node; ask with the host's
   * queue locked, so that all lock in one order.
   *
   * @param expiry who was not heard of for so long has the lease no more
   */
  Optional<Rival> ask(JobId job, RepositoryId repository, JobKind kind, Duration expiry) {
    Lease lease = Lease.of(kind);
    if (lease == Lease.NONE) {
      return Optional.empty();
    }
    try (var connection = database.connection()) {
      lock(connection, repository);
      return standInLine(connection, job, repository, lease, expiry);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot ask for the lease of " + repository, e);
    }
  }

  /** Apart from the keys of hosts' queues only by chance, which costs a little waiting. */
  private static void lock(Connection connection, RepositoryId repository) throws SQLException {
    UUID id = repository.value();
    try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, id.getMostSignificantBits() ^ id.getLeastSignificantBits());
      lock.execute();
    }
  }

  /**
   * Renews the job's place; one that was not renewed in time is lost, and its job goes to the end.
   * Whoever is before it there is its rival.
   */
  private static Optional<Rival> standInLine(
      Connection connection, JobId job, RepositoryId repository, Lease lease, Duration expiry)
      throws SQLException {
    try (var rivals =
        connection.prepareStatement(
            "with own as (update job set lease_place = case when "
                + placeHolds("job")
                + " then lease_place else nextval('lease_place') end,"
                + " lease_asking_until = clock_timestamp() + make_interval(secs => ?)"
                + " where id = ? returning lease_place)"
                + " select j.kind, r.name, h.name, j.status = 'running' or j.dispatched_at is not null"
                + " from job j join host h on h.id = j.host_id"
                + " join repository r on r.id = j.repository_id"
                + " where j.repository_id = ? and j.id <> ? and j.kind = any(?)"
                + " and j.status in ('queued', 'running') and case"
                + " when "
                + WITH_ITS_AGENT
                + " then "
                + NOT_LOST
                + " else j.lease_place < (select lease_place from own) and "
                + placeHolds("j")
                + " end order by 4 desc, j.lease_place limit 1")) {
      rivals.setLong(1, PLACE.toSeconds());
      rivals.setObject(2, job.value());
      rivals.setObject(3, repository.value());
      rivals.setObject(4, job.value());
      rivals.setArray(
          5,
          connection.createArrayOf(
              "text", lease.rivals().stream().map(JobKind::wireName).toArray()));
      rivals.setLong(6, expiry.toSeconds());
      try (var rows = rivals.executeQuery()) {
        return rows.next() ? Optional.of(rival(rows)) : Optional.empty();
      }
    }
  }

  /** The jobs that have the lease, then those in line for it. */
  List<RepositoryUse> uses(RepositoryId repository, int limit) {
    try (var connection = database.connection();
        var uses =
            connection.prepareStatement(
                "select j.id, j.kind, h.id, h.name, j.status = 'running' or j.dispatched_at is not null,"
                    + " coalesce(j.started_at, j.dispatched_at, j.queued_at)"
                    + " from job j join host h on h.id = j.host_id where j.repository_id = ?"
                    + " and j.status in ('queued', 'running') and j.kind = any(?)"
                    + " and (j.status = 'running' or j.dispatched_at is not null or "
                    + placeHolds("j")
                    + ") order by 5 desc, j.lease_place, j.id limit ?")) {
      uses.setObject(1, repository.value());
      uses.setArray(
          2,
          connection.createArrayOf(
              "text", Lease.EXCLUSIVE.rivals().stream().map(JobKind::wireName).toArray()));
      uses.setInt(3, limit);
      try (var rows = uses.executeQuery()) {
        List<RepositoryUse> read = new ArrayList<>();
        while (rows.next()) {
          read.add(use(rows));
        }
        return read;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot see who uses " + repository, e);
    }
  }

  private static RepositoryUse use(ResultSet row) throws SQLException {
    JobKind kind = JobKind.named(row.getString(2));
    return new RepositoryUse(
        new JobId(row.getObject(1, UUID.class)),
        kind,
        new HostId(row.getObject(3, UUID.class)),
        row.getString(4),
        row.getBoolean(5),
        Lease.of(kind) == Lease.EXCLUSIVE,
        row.getObject(6, OffsetDateTime.class).toInstant());
  }

  /** Jobs whose hosts have gone away no longer say whom they wait for: it may be long over. */
  void forgetLostPlaces() {
    try (var connection = database.connection();
        var forget =
            connection.prepareStatement(
                "update job set lease_asking_until = null, waiting_for = null,"
                    + " waiting_for_host = null"
                    + " where status = 'queued' and dispatched_at is null"
                    + " and lease_asking_until < clock_timestamp()")) {
      forget.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot forget lost places", e);
    }
  }

  private static Rival rival(ResultSet row) throws SQLException {
    return new Rival(
        JobKind.named(row.getString(1)), row.getString(2), row.getString(3), row.getBoolean(4));
  }

  /**
   * The hosts of the jobs whose turn it is when this one has ended: the first in line for its
   * repository, and those behind it with which it shares the lease. All others would look in vain,
   * and many hosts that look keep each other waiting. Who was told to wait for this job is seen, if
   * that end was committed before the call.
   */
  Set<HostId> nextInLine(JobId job) {
    try (var connection = database.connection()) {
      Optional<RepositoryId> repository = repositoryOf(connection, job);
      if (repository.isEmpty()) {
        return Set.of();
      }
      lock(connection, repository.get());
      return line(connection, repository.get(), job);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot see who waits with " + job, e);
    }
  }

  private static Optional<RepositoryId> repositoryOf(Connection connection, JobId job)
      throws SQLException {
    try (var select = connection.prepareStatement("select repository_id from job where id = ?")) {
      select.setObject(1, job.value());
      try (var rows = select.executeQuery()) {
        return rows.next()
            ? Optional.ofNullable(rows.getObject(1, UUID.class)).map(RepositoryId::new)
            : Optional.empty();
      }
    }
  }

  private static Set<HostId> line(Connection connection, RepositoryId repository, JobId job)
      throws SQLException {
    try (var line =
        connection.prepareStatement(
            "select w.host_id, w.kind from job w where w.repository_id = ? and w.id <> ?"
                + " and w.status = 'queued' and w.dispatched_at is null and "
                + placeHolds("w")
                + " order by w.lease_place")) {
      line.setObject(1, repository.value());
      line.setObject(2, job.value());
      try (var rows = line.executeQuery()) {
        Set<HostId> hosts = new LinkedHashSet<>();
        boolean shared = true;
        while (shared && rows.next()) {
          shared = Lease.of(JobKind.named(rows.getString(2))) != Lease.EXCLUSIVE;
          if (shared || hosts.isEmpty()) {
            hosts.add(new HostId(rows.getObject(1, UUID.class)));
          }
        }
        return hosts;
      }
    }
  }
}
