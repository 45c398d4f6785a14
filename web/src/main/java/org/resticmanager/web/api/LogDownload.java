package org.resticmanager.web.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.resticmanager.job.JobId;
import org.resticmanager.joblog.JobLogSettings;
import org.resticmanager.joblog.JobLogs;
import org.resticmanager.joblog.LogDropped;
import org.resticmanager.joblog.LogLine;
import org.resticmanager.platform.VisibleText;

/**
 * Writes a whole log to a reader, some lines at a time: no memory grows with it, and neither a
 * transaction nor a connection to the database is held while the reader takes their time.
 */
@ApplicationScoped
public class LogDownload {

  private static final int LINES = 1000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Even a long log is read by then; who reads slower keeps others from reading. */
  private static final Duration LONGEST = Duration.ofHours(4);

  private final JobLogs logs;
  private final JobLogSettings settings;
  private final LongSupplier nanoTime;
  private final AtomicInteger running = new AtomicInteger();

  @Inject
  LogDownload(JobLogs logs, JobLogSettings settings) {
    this(logs, settings, System::nanoTime);
  }

  LogDownload(JobLogs logs, JobLogSettings settings, LongSupplier nanoTime) {
    this.logs = logs;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /** For the container's proxies. */
  protected LogDownload() {
    this(null, null, null);
  }

  /** How a line is written, its end included. */
  private interface Form {
    void write(LogLine line, Writer out) throws IOException;
  }

  /**
   * For people: time, stream and text. Every control character is visible, so that a terminal that
   * shows the file obeys none.
   *
   * @param stillLetIn asked every few seconds; if not the file ends where it is, as a broken one
   * @throws LogDropped if the log was dropped
   * @throws TooManyReaders if as many download as may
   */
  StreamingOutput text(JobId job, BooleanSupplier stillLetIn) {
    return download(
        job,
        stillLetIn,
        (line, out) -> {
          out.write(TIME.format(line.time()));
          out.write(' ');
          out.write(line.stream().wireName());
          out.write(' ');
          out.write(VisibleText.of(line.text()));
          out.write('\n');
        });
  }

  /**
   * For programs: a JSON object per line, with the text as restic wrote it.
   *
   * @param stillLetIn asked every few seconds; if not the file ends where it is, as a broken one
   * @throws LogDropped if the log was dropped
   * @throws TooManyReaders if as many download as may
   */
  StreamingOutput ndjson(JobId job, BooleanSupplier stillLetIn) {
    return download(
        job,
        stillLetIn,
        (line, out) -> {
          out.write(LogLineJson.of(line));
          out.write('\n');
        });
  }

  private StreamingOutput download(JobId job, BooleanSupplier stillLetIn, Form form) {
    logs.requireThere(job);
    if (running.get() >= settings.maxDownloads()) {
      throw new TooManyReaders("restic-manager.job-log.max-downloads", settings.maxDownloads());
    }
    return out -> {
      running.incrementAndGet();
      try {
        write(job, new Leave(stillLetIn, LONGEST, nanoTime), form, out);
      } finally {
        running.decrementAndGet();
      }
    };
  }

  private void write(JobId job, Leave leave, Form form, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    long after = 0;
    List<LogLine> lines;
    do {
      lines = logs.next(job, after, LINES);
      for (LogLine line : lines) {
        if (!leave.holds()) {
          throw new IOException("the reader of the log of job " + job + " is let in no longer");
        }
        form.write(line, writer);
        after = line.seq();
      }
    } while (lines.size() == LINES);
    try {
      logs.requireThere(job);
    } catch (LogDropped e) {
      throw new IOException(e.getMessage(), e); // a half file must not look like a whole one
    }
    writer.flush();
  }
}
