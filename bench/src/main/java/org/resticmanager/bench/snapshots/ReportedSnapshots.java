package org.resticmanager.bench.snapshots;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.resticmanager.bench.fleet.FleetHost;
import org.resticmanager.bench.fleet.LoneAgent;
import org.resticmanager.bench.node.Api;
import org.resticmanager.protocol.wire.Snapshot;
import org.resticmanager.protocol.wire.SnapshotsReport;
import org.resticmanager.protocol.wire.WireCodec;

/**
 * A repository with very many snapshots, of which its host's agent sends the list in parts of a
 * thousand, as ours does.
 */
public final class ReportedSnapshots implements AutoCloseable {

  private static final int PART = 1000;
  private static final long LIMIT_SECONDS = 300;

  /** So many parts are sent ahead, some 2 MB: our agent sends less before it is confirmed. */
  private static final int AHEAD = 8;

  private static final String NEXT_PART = "select next_part from partial_report";

  private final int count;
  private final List<String> frames;
  private final Connection database;
  private final UUID repository;
  private final LoneAgent agent;

  /**
   * Enrols a host; its agent connects.
   *
   * @param count how many snapshots, a multiple of a thousand and more than that
   */
  public ReportedSnapshots(int count, URI server, Api admin, Connection database) {
    this.count = count;
    this.database = database;
    String name = "snapshots-" + count;
    repository = UUID.fromString(FleetHost.repository(admin, name));
    agent = new LoneAgent(server, FleetHost.enrol(admin, name, repository.toString()));
    frames = frames(count, name);
  }

  private static List<String> frames(int count, String host) {
    WireCodec codec = new WireCodec();
    OffsetDateTime last = OffsetDateTime.of(2026, 1, 1, 3, 0, 0, 0, ZoneOffset.UTC);
    List<String> frames = new ArrayList<>();
    for (int from = 0; from < count; from += PART) {
      List<Snapshot> part =
          IntStream.range(from, from + PART)
              .mapToObj(i -> snapshot(i, host, last.minusHours(i)))
              .toList();
      frames.add(codec.encode(new SnapshotsReport(part, from / PART + 1, count / PART)));
    }
    return frames;
  }

  private static Snapshot snapshot(int number, String host, OffsetDateTime time) {
    String id = "%064x".formatted(number * 2_654_435_761L);
    return new Snapshot(
        id,
        id.substring(0, 8),
        time,
        host,
        List.of("/home", "/etc"),
        List.of(FleetHost.GROUP),
        1_000_000_000L + number,
        50_000);
  }

  /** How many parts the list has. */
  int parts() {
    return frames.size();
  }

  /** Sends the list; returns after how many nanoseconds all of it was in the database. */
  public long nanos() throws SQLException, InterruptedException {
    forget();
    long begun = System.nanoTime();
    for (int number = 0; number < frames.size(); number++) {
      if (number >= AHEAD) {
        await(NEXT_PART, number - AHEAD + 2);
      }
      agent.send(frames.get(number));
    }
    awaitStored();
    return System.nanoTime() - begun;
  }

  /** Sends one part, and waits until it was taken. */
  void sendPart(int number) throws SQLException, InterruptedException {
    agent.send(frames.get(number));
    if (number + 1 < frames.size()) {
      await(NEXT_PART, number + 2);
    }
  }

  /** Nothing is known of the repository any more. */
  void forget() throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute("delete from snapshot where repository_id = '" + repository + "'");
      statement.execute(
          "update repository set snapshot_count = null where id = '" + repository + "'");
      statement.execute("vacuum snapshot");
    }
  }

  private void awaitStored() throws SQLException, InterruptedException {
    await("select snapshot_count from repository where id = '" + repository + "'", count);
  }

  private void await(String query, int value) throws SQLException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    try (PreparedStatement select = database.prepareStatement(query)) {
      while (System.nanoTime() < until) {
        try (ResultSet rows = select.executeQuery()) {
          if (rows.next() && rows.getInt(1) >= value) {
            return;
          }
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    throw new IllegalStateException("the list of snapshots was not taken: " + query);
  }

  @Override
  public void close() {
    agent.close();
  }
}
