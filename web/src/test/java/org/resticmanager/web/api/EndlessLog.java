package org.resticmanager.web.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.resticmanager.job.JobId;
import org.resticmanager.joblog.JobLogs;
import org.resticmanager.joblog.LogLine;
import org.resticmanager.protocol.wire.LogStreamName;

/** A log of which there is always more: who reads it as fast as they can is never done. */
final class EndlessLog extends JobLogs {

  private static final int MOST_PAGES = 1000;

  private final Duration perPage;
  private long nanoTime;
  private int pages;

  /**
   * @param perPage so long it takes to read one
   */
  EndlessLog(Duration perPage) {
    this.perPage = perPage;
  }

  long nanoTime() {
    return nanoTime;
  }

  /** How long it was read. */
  Duration read() {
    return Duration.ofNanos(nanoTime);
  }

  @Override
  public void requireThere(JobId job) {
    // it is
  }

  @Override
  public List<LogLine> next(JobId job, long afterSeq, int limit) {
    if (++pages > MOST_PAGES) {
      throw new AssertionError("the reader does not stop");
    }
    nanoTime += perPage.toNanos();
    return LongStream.rangeClosed(afterSeq + 1, afterSeq + limit)
        .mapToObj(seq -> new LogLine(seq, Instant.EPOCH, LogStreamName.STDOUT, "x"))
        .toList();
  }
}
