package org.resticmanager.joblog;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.resticmanager.job.JobId;
import org.resticmanager.protocol.wire.LogStream;

/**
 * Lines in the form that COPY takes them in (PostgreSQL's binary format): nothing in a line needs
 * escaping, and no type needs parsing.
 */
final class LogRows {

  /** The columns, in the order in which a row has them. */
  static final String COLUMNS = "job_id, seq, ts, stream, payload";

  private static final short COLUMN_COUNT = 5;
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final short END = -1;

  /** PostgreSQL counts time from here. */
  private static final long POSTGRESQL_EPOCH_SECOND =
      Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
  private final DataOutputStream out = new DataOutputStream(bytes);
  private long count;

  LogRows() {
    try {
      out.write(SIGNATURE);
      out.writeInt(0); // flags
      out.writeInt(0); // length of the header's extension
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  void add(JobId job, LogStream line, Instant now) {
    try {
      out.writeShort(COLUMN_COUNT);
      out.writeInt(2 * Long.BYTES);
      out.writeLong(job.value().getMostSignificantBits());
      out.writeLong(job.value().getLeastSignificantBits());
      out.writeInt(Long.BYTES);
      out.writeLong(line.seq());
      out.writeInt(Long.BYTES);
      out.writeLong(micros(time(line, now)));
      write(line.stream().wireName().getBytes(StandardCharsets.US_ASCII));
      write(StoredText.of(line.payload()));
      count++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(byte[] text) throws IOException {
    out.writeInt(text.length);
    out.write(text);
  }

  /** When the line was read; a time beyond what PostgreSQL holds must not cost the line. */
  static Instant time(LogStream line, Instant now) {
    if (line.ts() == null) {
      return now;
    }
    if (line.ts().isBefore(Instant.EPOCH)) {
      return Instant.EPOCH;
    }
    return line.ts().isAfter(LATEST) ? LATEST : line.ts().truncatedTo(ChronoUnit.MICROS);
  }

  /** Since PostgreSQL's epoch. */
  private static long micros(Instant time) {
    return (time.getEpochSecond() - POSTGRESQL_EPOCH_SECOND) * 1_000_000 + time.getNano() / 1000;
  }

  long count() {
    return count;
  }

  /** All rows and the end of the data; nothing can be added afterwards. */
  byte[] toBytes() {
    try {
      out.writeShort(END);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
