package org.resticmanager.joblog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.resticmanager.job.JobId;
import org.resticmanager.platform.Database;
import org.resticmanager.protocol.wire.LogStream;
import org.resticmanager.protocol.wire.LogStreamName;

/** The log lines in the database; call it inside a transaction. */
@ApplicationScoped
public class JobLogStore {

  @Inject private Database database;

  /** One round trip for all; a line that is there already stays as it is. */
  void insert(JobId job, List<LogStream> lines, Instant now) {
    try (var connection = database.connection();
        var insert =
            connection.prepareStatement(
                "insert into job_log_line (job_id, seq, ts, stream, payload)"
                    + " values (?, ?, ?, ?, ?) on conflict do nothing")) {
      for (LogStream line : lines) {
        Instant time = line.ts() == null ? now : line.ts();
        insert.setObject(1, job.value());
        insert.setLong(2, line.seq());
        insert.setObject(3, time.atOffset(ZoneOffset.UTC));
        insert.setString(4, line.stream().wireName());
        insert.setString(5, storable(line.payload()));
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the log of job " + job, e);
    }
  }

  /** PostgreSQL's text holds every character but NUL. */
  private static String storable(String payload) {
    return payload.replace('\0', '\uFFFD');
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

  /** 0 if there is no line. */
  long highestSeq(JobId job) {
    try (var connection = database.connection();
        var select =
            connection.prepareStatement(
                "select coalesce(max(seq), 0) from job_log_line where job_id = ?")) {
      select.setObject(1, job.value());
      try (var rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the log of job " + job, e);
    }
  }

  private List<LogLine> query(String sql, JobId job, long seq, int limit) {
    try (var connection = database.connection();
        var select = connection.prepareStatement(sql)) {
      select.setObject(1, job.value());
      select.setLong(2, seq);
      select.setInt(3, limit);
      try (var rows = select.executeQuery()) {
        List<LogLine> lines = new ArrayList<>();
        while (rows.next()) {
          lines.add(
              new LogLine(
                  rows.getLong(1),
                  rows.getObject(2, OffsetDateTime.class).toInstant(),
                  LogStreamName.named(rows.getString(3)),
                  rows.getString(4)));
        }
        return lines;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the log of job " + job, e);
    }
  }
}
