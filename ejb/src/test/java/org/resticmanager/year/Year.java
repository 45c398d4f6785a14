package org.resticmanager.year;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.resticmanager.connection.Connections;
import org.resticmanager.container.TestContainer;
import org.resticmanager.host.HostId;
import org.resticmanager.job.DispatchSweep;
import org.resticmanager.maintenance.MaintenanceSweep;

/**
 * Goes from one moment at which something happens to the next. The sweeps of the node run whenever
 * there is something that they would find: between two moments they would find nothing.
 */
final class Year implements AutoCloseable {

  /** What is due and cannot be done is looked at again: something may have changed. */
  static final Duration LOOKED_AT_AGAIN = Duration.ofMinutes(10);

  private static final Duration HEARTBEAT = Duration.ofMinutes(10);

  private final TestContainer node;
  private final Connection connection;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
  private final TreeSet<Instant> looks = new TreeSet<>();
  private long planned;
  private Instant heartbeats = Instant.MIN;
  private boolean down;

  private record Event(Instant at, long number, Runnable what) {}

  /** What the sweeps would find; null if nothing. */
  private record Outlook(Instant maintenance, Instant job) {}

  Year(TestContainer node) throws SQLException {
    this.node = node;
    connection = node.database().dataSource().getConnection();
  }

  Instant now() {
    return node.now();
  }

  /** Whether no agent can reach the control plane. */
  boolean down() {
    return down;
  }

  /** The control plane stops or starts. */
  void down(boolean whether) {
    down = whether;
  }

  void at(Instant moment, Runnable what) {
    events.add(new Event(moment, planned++, what));
  }

  void after(Duration pause, Runnable what) {
    at(now().plus(pause), what);
  }

  /** Until this moment, and then until nothing is left to do. */
  void live() throws SQLException {
    while (!events.isEmpty()) {
      Instant next = events.peek().at();
      assertThat(next)
          .as("what is left to do after the year")
          .isBetween(now(), SimulatedYearTest.END.plus(Duration.ofDays(7)));
      node.moveClock(next);
      looks.headSet(next, true).clear();
      beat();
      while (!events.isEmpty() && events.peek().at().equals(next)) {
        events.poll().what().run();
      }
      if (!down) {
        look();
      }
    }
  }

  /** All heartbeats of this moment in one statement. */
  private void beat() throws SQLException {
    if (down || now().isBefore(heartbeats.plus(HEARTBEAT))) {
      return;
    }
    heartbeats = now();
    try (var update =
        connection.prepareStatement("update host set last_seen_at = ? where id = any(?)")) {
      update.setObject(1, now().atOffset(ZoneOffset.UTC));
      update.setArray(2, connection.createArrayOf("uuid", connected()));
      update.executeUpdate();
    }
  }

  private Object[] connected() {
    return node.get(Connections.class).hosts().stream().map(HostId::value).toArray();
  }

  private void look() throws SQLException {
    Outlook outlook = outlook();
    boolean over = !now().isBefore(SimulatedYearTest.END);
    if (due(outlook.maintenance) && !over) {
      node.tick(MaintenanceSweep.class);
      outlook = outlook();
    }
    if (due(outlook.job)) {
      node.tick(DispatchSweep.class);
      outlook = outlook();
    }
    if (!over) {
      lookAt(due(outlook.maintenance) ? now().plus(LOOKED_AT_AGAIN) : outlook.maintenance);
    }
    // who waits for another's job is woken by its end, which is an event of its own
    lookAt(due(outlook.job) ? null : outlook.job);
  }

  private boolean due(Instant moment) {
    return moment != null && !moment.isAfter(now());
  }

  private void lookAt(Instant moment) {
    if (moment != null && looks.add(moment)) {
      at(moment, () -> {});
    }
  }

  private Outlook outlook() throws SQLException {
    try (var select =
        connection.prepareStatement(
            "select (select min(coalesce(next_at, ?)) from maintenance_moment where enabled),"
                + " (select min(coalesce(not_before, queued_at)) from job where status = 'queued'"
                + " and dispatched_at is null and host_id = any(?))")) {
      select.setObject(1, now().atOffset(ZoneOffset.UTC));
      select.setArray(2, connection.createArrayOf("uuid", connected()));
      try (var row = select.executeQuery()) {
        row.next();
        return new Outlook(
            instant(row.getObject(1, OffsetDateTime.class)),
            instant(row.getObject(2, OffsetDateTime.class)));
      }
    }
  }

  /** Whether a host has no job that has not ended. */
  boolean nothingOpen(HostId host) {
    try (var select =
        connection.prepareStatement(
            "select 1 from job where host_id = ? and status in ('queued', 'running') limit 1")) {
      select.setObject(1, host.value());
      try (var rows = select.executeQuery()) {
        return !rows.next();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
