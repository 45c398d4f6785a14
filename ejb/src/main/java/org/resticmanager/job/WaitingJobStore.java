package org.resticmanager.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.platform.Database;
import org.resticmanager.protocol.wire.JobKind;

/**
 * The queued jobs of all hosts together, so that a look at thousands of hosts costs two statements;
 * call it inside a transaction.
 */
@ApplicationScoped
public class WaitingJobStore {

  private static final String PLACED = LeaseStore.placeHolds("q");

  private final Database database;

  @Inject
  WaitingJobStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected WaitingJobStore() {
    this(null);
  }

  /**
   * Of these hosts, the next job of each that is free keeps the place that it has in the line for
   * its repository. One whose row is locked is left for the next time.
   */
  void keepPlaces(Set<HostId> hosts, Instant now) {
    try (var connection = database.connection();
        var keep =
            connection.prepareStatement(
                "with clock(now) as (select cast(? as timestamptz)),"
                    + " next as (select distinct on (q.host_id) q.id"
                    + " from job q, clock where q.host_id = any(?) and q.status = 'queued' and "
                    + JobStore.due("clock.now")
                    + " and "
                    + JobStore.FREE
                    + " order by q.host_id, "
                    + JobStore.IN_ORDER
                    + "),"
                    + " kept as (select q.id from job q where q.id in (select id from next)"
                    + " and q.status = 'queued' and q.dispatched_at is null and "
                    + PLACED
                    + " for update skip locked)"
                    + " update job set lease_asking_until = clock_timestamp()"
                    + " + make_interval(secs => ?) where id in (select id from kept)")) {
      keep.setObject(1, now.atOffset(ZoneOffset.UTC));
      keep.setArray(2, uuids(connection, hosts));
      keep.setLong(3, LeaseStore.PLACE.toSeconds());
      keep.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep places in line", e);
    }
  }

  /**
   * The hosts for which {@link Dispatch#claimNext} may have something to do: those that are free
   * and have a job that is due, unless it stands in line behind another, or somebody has the
   * repository alone, whose end wakes who is next; and those whose agents have not replied.
   *
   * @param expiry who was not heard of for so long has the lease no more
   * @param behindToo also those that stand behind others, to say anew for whom they wait
   */
  Set<HostId> hostsToLookAt(Instant now, Duration expiry, boolean behindToo) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "with clock(now) as (select cast(? as timestamptz)),"
                    + " taken as (select distinct j.repository_id from job j"
                    + " join host h on h.id = j.host_id where j.status in ('queued', 'running')"
                    + " and j.kind = any(?) and "
                    + LeaseStore.HOLDS
                    + "),"
                    + " line as (select q.host_id, q.repository_id, q.kind = any(?) as alone,"
                    + " row_number() over behind as position,"
                    + " count(*) filter (where q.kind = any(?)) over behind as alone_up_to_here"
                    + " from job q where q.status = 'queued' and q.dispatched_at is null and "
                    + PLACED
                    + " window behind as (partition by q.repository_id order by q.lease_place))"
                    + " select q.host_id from job q, clock where q.status = 'queued'"
                    + " and q.dispatched_at is null and not coalesce("
                    + PLACED
                    + ", false) and "
                    + JobStore.due("clock.now")
                    + " and "
                    + JobStore.FREE
                    + " union select host_id from line where ? or ((position = 1"
                    + " or (not alone and alone_up_to_here = 0)) and not exists"
                    + " (select 1 from taken where taken.repository_id = line.repository_id))"
                    + " union select host_id from job where status = 'queued'"
                    + " and dispatched_at is not null and accepted_at is null")) {
      select.setObject(1, now.atOffset(ZoneOffset.UTC));
      select.setArray(2, alone(connection));
      select.setLong(3, expiry.toSeconds());
      select.setArray(4, alone(connection));
      select.setArray(5, alone(connection));
      select.setBoolean(6, behindToo);
      return hosts(select);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look for waiting jobs", e);
    }
  }

  private static Set<HostId> hosts(PreparedStatement select) throws SQLException {
    try (var rows = select.executeQuery()) {
      Set<HostId> hosts = new HashSet<>();
      while (rows.next()) {
        hosts.add(new HostId(rows.getObject(1, UUID.class)));
      }
      return hosts;
    }
  }

  private static Array uuids(Connection connection, Set<HostId> hosts) throws SQLException {
    return connection.createArrayOf("uuid", hosts.stream().map(HostId::value).toArray());
  }

  private static Array alone(Connection connection) throws SQLException {
    return connection.createArrayOf(
        "text",
        Arrays.stream(JobKind.values())
            .filter(kind -> Lease.of(kind) == Lease.EXCLUSIVE)
            .map(JobKind::wireName)
            .toArray());
  }
}
