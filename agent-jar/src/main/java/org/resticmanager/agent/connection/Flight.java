package org.resticmanager.agent.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.resticmanager.agent.spool.JobId;
import org.resticmanager.agent.spool.SpooledEvent;

/**
 * What one connection has carried to a server that confirms, and the server has not confirmed yet.
 * No more than a window full of it is sent ahead: so a server that is slow for a while slows us
 * down, and need not throw us out. Only log lines and a job's end are confirmed; a confirmed line
 * stands for all that was sent of its job before it, because a server works in order. For one
 * thread.
 */
final class Flight {

  /**
   * Much less than a server lets wait, much more than comes between a line and its confirmation.
   */
  static final long WINDOW_BYTES = 512 * 1024;

  /** A server that confirms nothing for so long may have lost count: then we go on. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Map<JobId, Ahead> jobs = new HashMap<>();
  private long bytes;
  private long seenBytes;
  private Instant seenAt = Instant.MIN;

  /** What is ahead of one job: {@code lines} in the order of their numbers. */
  private static final class Ahead {

    private final Deque<Line> lines = new ArrayDeque<>();
    private long sinceLine;
    private boolean ended;

    boolean willBeConfirmed() {
      return ended || !lines.isEmpty();
    }
  }

  /**
   * @param bytes of the line and all that was sent between the line before and it
   */
  private record Line(long seq, long bytes) {}

  void sent(JobId job, SpooledEvent event) {
    Ahead ahead = jobs.computeIfAbsent(job, id -> new Ahead());
    long size = event.frame().length();
    bytes += size;
    ahead.sinceLine += size;
    ahead.ended |= event.end();
    if (event.logLine()) {
      ahead.lines.addLast(new Line(event.seq(), ahead.sinceLine));
      ahead.sinceLine = 0;
    }
  }

  /** The server has the lines of this job up to this one. */
  void confirmed(JobId job, long seq) {
    Ahead ahead = jobs.get(job);
    while (ahead != null && !ahead.lines.isEmpty() && ahead.lines.getFirst().seq() <= seq) {
      bytes -= ahead.lines.removeFirst().bytes();
    }
  }

  /** All other jobs are done with. */
  void retain(Set<JobId> held) {
    jobs.entrySet()
        .removeIf(
            job -> {
              if (held.contains(job.getKey())) {
                return false;
              }
              Ahead ahead = job.getValue();
              bytes -= ahead.sinceLine + ahead.lines.stream().mapToLong(Line::bytes).sum();
              return true;
            });
  }

  /** Whether to wait for a confirmation before more is sent; there is one to come then. */
  boolean full(Instant now) {
    if (bytes < WINDOW_BYTES || jobs.values().stream().noneMatch(Ahead::willBeConfirmed)) {
      seenAt = Instant.MIN;
      return false;
    }
    if (seenAt.equals(Instant.MIN) || bytes != seenBytes) {
      seenAt = now;
      seenBytes = bytes;
    }
    if (Duration.between(seenAt, now).compareTo(PATIENCE) < 0) {
      return true;
    }
    jobs.clear();
    bytes = 0;
    return false;
  }
}
