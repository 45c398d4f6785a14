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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Inject private JobLogs logs;
  @Inject private JobLogSettings settings;

  private final AtomicInteger running = new AtomicInteger();

  /** How a line is written, its end included. */
  private interface Form {
    void write(LogLine line, Writer out) throws IOException;
  }

  /**
   * For people: time, stream and text. Every control character is visible, so that a terminal that
   * shows the file obeys none.
   *
   * @throws LogDropped if the log was dropped
   * @throws TooManyReaders if as many download as may
   */
  StreamingOutput text(JobId job) {
    return download(
        job,
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
   * @throws LogDropped if the log was dropped
   * @throws TooManyReaders if as many download as may
   */
  StreamingOutput ndjson(JobId job) {
    return download(
        job,
        (line, out) -> {
          out.write(LogLineJson.of(line));
          out.write('\n');
        });
  }

  private StreamingOutput download(JobId job, Form form) {
    logs.requireThere(job);
    if (running.get() >= settings.maxDownloads()) {
      throw new TooManyReaders("restic-manager.job-log.max-downloads", settings.maxDownloads());
    }
    return out -> {
      running.incrementAndGet();
      try {
        write(job, form, out);
      } finally {
        running.decrementAndGet();
      }
    };
  }

  private void write(JobId job, Form form, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    long after = 0;
    List<LogLine> lines;
    do {
      lines = logs.next(job, after, LINES);
      for (LogLine line : lines) {
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
