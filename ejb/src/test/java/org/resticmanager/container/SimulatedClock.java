package org.resticmanager.container;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.resticmanager.TestDatabase;

/** Stands still until it is set; the clock of the node, and of its database too. */
final class SimulatedClock extends Clock implements AutoCloseable {

  private static final String SCHEMA =
      "create schema clock;"
          + " create table clock.shows (at timestamptz not null);"
          + " insert into clock.shows values (now());"
          + " create function clock.clock_timestamp() returns timestamptz language sql volatile"
          + " as 'select at from clock.shows'";

  /** Before the server's own function of that name, for all connections from now on. */
  private static final String INSTEAD =
      "do $$ begin execute format('alter database %I set search_path to clock, pg_catalog,"
          + " public', current_database()); end $$";

  private final Connection connection;
  private volatile Instant now;

  SimulatedClock(TestDatabase database, Instant begin) {
    database.execute(SCHEMA);
    database.execute(INSTEAD);
    try {
      connection = database.dataSource().getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    set(begin);
  }

  void set(Instant moment) {
    now = requireNonNull(moment);
    try (var update = connection.prepareStatement("update clock.shows set at = ?")) {
      update.setObject(1, moment.atOffset(ZoneOffset.UTC));
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("UTC only");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
