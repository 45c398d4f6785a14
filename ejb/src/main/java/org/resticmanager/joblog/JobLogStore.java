package org.resticmanager.joblog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.postgresql.PGConnection;
import org.resticmanager.job.JobId;
import org.resticmanager.platform.Database;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;

/** The log lines in the database; call it inside a transaction. */
@ApplicationScoped
public class JobLogStore {

  private static final String COPY =
      "copy job_log_line (" + LogRows.COLUMNS + ") from stdin (format binary)";

  /** How many numbers are read at once when a gap has closed. */
  private static final int NUMBERS = 1000;

  private final Database database;

  @Inject
  JobLogStore(Database database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected JobLogStore() {
    this(null);
  }

  /**
   * Stores lines, each number of a job once however often it comes, and returns up to where each
   * job's log is complete.
   *
   * <p>A job's row in {@code job_log} is locked meanwhile, on whatever node; it says which numbers
   * are new, and those go in by one COPY. Only a line that fills a gap must be looked up first.
   */
  Map<JobId, Long> write(List<LogBatch> batches, Instant now) {
    Map<UUID, TreeMap<Long, LogStream>> byJob = bySeq(batches);
    try (var connection = database.connection()) {
      Map<UUID, LogState> states = lock(connection, byJob.keySet());
      LogRows rows = new LogRows();
      Map<JobId, Long> complete = new HashMap<>();
      List<Written> written = new ArrayList<>();
      for (var log : byJob.entrySet()) {
        JobId job = new JobId(log.getKey());
        Written result = sort(connection, job, states.get(log.getKey()), log.getValue(), rows, now);
        written.add(result);
        complete.put(job, result.after().contiguousSeq());
      }
      if (rows.count() > 0) {
        copy(connection, rows);
      }
      update(connection, written);
      return complete;
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("cannot write job logs", e);
    }
  }

  /**
   * In the order of their identifiers: two nodes that lock the same jobs do not lock each other.
   */
  private static Map<UUID, TreeMap<Long, LogStream>> bySeq(List<LogBatch> batches) {
    Map<UUID, TreeMap<Long, LogStream>> byJob = new TreeMap<>();
    for (LogBatch batch : batches) {
      TreeMap<Long, LogStream> lines =
          byJob.computeIfAbsent(batch.job().value(), job -> new TreeMap<>());
      batch.lines().forEach(line -> lines.putIfAbsent(line.seq(), line));
    }
    return byJob;
  }

  private static Map<UUID, LogState> lock(Connection connection, Collection<UUID> jobs)
      throws SQLException {
    Map<UUID, LogState> states = select(connection, jobs, " for update");
    if (states.size() < jobs.size()) {
      try (var insert =
          connection.prepareStatement(
              "insert into job_log (job_id) select job from unnest(?) job order by job"
                  + " on conflict do nothing")) {
        insert.setArray(1, connection.createArrayOf("uuid", jobs.toArray()));
        insert.executeUpdate();
      }
      states = select(connection, jobs, " for update");
    }
    return states;
  }

  private static Map<UUID, LogState> select(
      Connection connection, Collection<UUID> jobs, String lock) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "select job_id, contiguous_seq, highest_seq, line_count, dropped_at from job_log"
                + " where job_id = any (?) order by job_id"
                + lock)) {
      select.setArray(1, connection.createArrayOf("uuid", jobs.toArray()));
      Map<UUID, LogState> states = new HashMap<>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          OffsetDateTime dropped = rows.getObject(5, OffsetDateTime.class);
          states.put(
              rows.getObject(1, UUID.class),
              new LogState(
                  rows.getLong(2),
                  rows.getLong(3),
                  rows.getLong(4),
                  dropped == null ? null : dropped.toInstant()));
        }
      }
      return states;
    }
  }

  private record Written(JobId job, LogState before, LogState after) {}

  /** Lines beyond the newest are new; those between may be; the others are there. */
  private static Written sort(
      Connection connection,
      JobId job,
      LogState before,
      TreeMap<Long, LogStream> lines,
      LogRows rows,
      Instant now)
      throws SQLException {
    long contiguous = before.contiguousSeq();
    long filled = 0;
    if (before.hasGap()) {
      Collection<LogStream> between =
          lines.subMap(before.contiguousSeq(), false, before.highestSeq(), true).values();
      filled = fill(connection, job, between, now);
      contiguous = filled == 0 ? contiguous : complete(connection, job, before);
    }
    Collection<LogStream> beyond = lines.tailMap(before.highestSeq(), false).values();
    for (LogStream line : beyond) {
      rows.add(job, line, now);
      if (line.seq() == contiguous + 1) {
        contiguous++;
      }
    }
    long highest = beyond.isEmpty() ? before.highestSeq() : lines.lastKey();
    long count = before.lineCount() + filled + beyond.size();
    return new Written(job, before, new LogState(contiguous, highest, count, before.droppedAt()));
  }

  private static long fill(
      Connection connection, JobId job, Collection<LogStream> lines, Instant now)
      throws SQLException {
    if (lines.isEmpty()) {
      return 0;
    }
    try (var insert =
        connection.prepareStatement(
            "insert into job_log_line ("
                + LogRows.COLUMNS
                + ")"
                + " select ?, seq, ts, stream, payload"
                + " from unnest(?, ?, ?, ?) line (seq, ts, stream, payload)"
                + " on conflict do nothing")) {
      insert.setObject(1, job.value());
      insert.setArray(2, connection.createArrayOf("bigint", column(lines, LogStream::seq)));
      insert.setArray(
          3,
          connection.createArrayOf(
              "timestamptz", column(lines, line -> LogRows.time(line, now).toString())));
      insert.setArray(
          4, connection.createArrayOf("text", column(lines, line -> line.stream().wireName())));
      insert.setArray(
          5,
          connection.createArrayOf(
              "text",
              column(
                  lines,
                  line -> new String(StoredText.of(line.payload()), StandardCharsets.UTF_8))));
      return insert.executeUpdate();
    }
  }

  private static Object[] column(Collection<LogStream> lines, Function<LogStream, Object> value) {
    return lines.stream().map(value).toArray();
  }

  /** Reads on from the gap until the next one; costs what was gained. */
  private static long complete(Connection connection, JobId job, LogState before)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "select seq from job_log_line where job_id = ? and seq > ? order by seq")) {
      select.setFetchSize(NUMBERS);
      select.setObject(1, job.value());
      select.setLong(2, before.contiguousSeq());
      long contiguous = before.contiguousSeq();
      try (var rows = select.executeQuery()) {
        while (rows.next() && rows.getLong(1) == contiguous + 1) {
          contiguous++;
        }
      }
      return contiguous;
    }
  }

  private static void copy(Connection connection, LogRows rows) throws SQLException, IOException {
    byte[] bytes = rows.toBytes();
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(COPY, new ByteArrayInputStream(bytes), bytes.length);
  }

  private static void update(Connection connection, List<Written> written) throws SQLException {
    try (var update =
        connection.prepareStatement(
            "update job_log set contiguous_seq = ?, highest_seq = ?, line_count = ?"
                + " where job_id = ?")) {
      boolean any = false;
      for (Written log : written) {
        if (!log.before().equals(log.after())) {
          update.setLong(1, log.after().contiguousSeq());
          update.setLong(2, log.after().highestSeq());
          update.setLong(3, log.after().lineCount());
          update.setObject(4, log.job().value());
          update.addBatch();
          any = true;
        }
      }
      if (any) {
        update.executeBatch();
      }
    }
  }

  LogState state(JobId job) {
    try (var connection = database.connection()) {
      return select(connection, List.of(job.value()), "").getOrDefault(job.value(), LogState.EMPTY);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the log of job " + job, e);
    }
  }

  List<LogLine> after(JobId job, long seq, int limit) {
    return query(
        "select seq, ts, stream, payload from job_log_line where job_id = ? and seq > ?"
            + " order by seq limit ?",
        job,
        seq,
        limit);
  }

  /** The newest lines before a number, in the log's order. */
  List<LogLine> before(JobId job, long seq, int limit) {
    return query(
        "select seq, ts, stream, payload from (select seq, ts, stream, payload from job_log_line"
            + " where job_id = ? and seq < ? order by seq desc limit ?) newest order by seq",
        job,
        seq,
        limit);
  }

  /**
   * The newest lines that are wanted among so many before a number, in the log's order. What restic
   * complains of comes on its error output, or as a JSON object of that type.
   */
  List<LogLine> wanted(JobId job, LogWanted wanted, long from, long before, int limit) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select seq, ts, stream, payload from (select seq, ts, stream, payload"
                    + " from job_log_line where job_id = ? and seq >= ? and seq < ?"
                    + " and (? = '' or strpos(lower(payload), lower(?)) > 0)"
                    + " and (not ? or stream = 'stderr' or stream = 'event'"
                    + " and payload ~ '\"message_type\": *\"(error|exit_error)\"')"
                    + " order by seq desc limit ?) newest order by seq")) {
      select.setObject(1, job.value());
      select.setLong(2, from);
      select.setLong(3, before);
      select.setString(4, wanted.words());
      select.setString(5, wanted.words());
      select.setBoolean(6, wanted.problemsOnly());
      select.setInt(7, limit);
      return lines(select);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look through the log of job " + job, e);
    }
  }

  private List<LogLine> query(String sql, JobId job, long seq, int limit) {
    try (var connection = database.connection();
        var select = connection.prepareStatement(sql)) {
      select.setObject(1, job.value());
      select.setLong(2, seq);
      select.setInt(3, limit);
      return lines(select);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the log of job " + job, e);
    }
  }

  private static List<LogLine> lines(PreparedStatement select) throws SQLException {
    try (var rows = select.executeQuery()) {
      List<LogLine> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add(line(rows));
      }
      return lines;
    }
  }

  private static LogLine line(ResultSet row) throws SQLException {
    return new LogLine(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        LogStreamName.named(row.getString(3)),
        row.getString(4));
  }
}
