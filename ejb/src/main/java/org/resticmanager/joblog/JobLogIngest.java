package org.resticmanager.joblog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.resticmanager.host.HostId;
import org.resticmanager.job.JobId;
import org.resticmanager.job.JobReports;
import org.resticmanager.job.NotYours;
import org.resticmanager.protocol.wire.LogStream;

/**
 * Takes log lines from the agents of this node. What arrives from many agents while one commit is
 * under way goes into the next one together: whoever comes first writes for all that wait.
 */
@ApplicationScoped
public class JobLogIngest {

  /** Bounds the memory and the length of one commit; one sender's batch is never cut. */
  private static final int LINES_PER_COMMIT = 20_000;

  /** Jobs of which is known whose they are; that never changes. */
  private static final int KNOWN_JOBS = 10_000;

  private final JobReports reports;
  private final JobLogWriter writer;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<JobId, HostId> owners = Collections.synchronizedMap(new LatestOwners());
  private final LongAdder linesStored = new LongAdder();
  private final Set<LocalDate> prepared = ConcurrentHashMap.newKeySet();

  @Inject
  JobLogIngest(JobReports reports, JobLogWriter writer) {
    this.reports = reports;
    this.writer = writer;
  }

  /** For the container's proxies. */
  protected JobLogIngest() {
    this(null, null);
  }

  /**
   * Stores lines of one job; when it returns they are committed. May be repeated: each number is
   * stored once, in whatever order the lines come. Waits for the database; any thread, outside a
   * transaction, and the lines of one agent one call after the other.
   *
   * @return up to which number the log is complete: so far, and no farther, it may be confirmed; 0
   *     if the first line is still missing
   * @throws NotYours if the host has no such job
   * @throws RuntimeException if they could not be stored: say nothing to the agent but "again"
   */
  public long append(HostId host, JobId job, List<LogStream> lines) {
    requireOwn(host, job);
    Waiting mine = new Waiting(new LogBatch(job, lines));
    waiting.add(mine);
    while (!mine.done) {
      turn.lock();
      try {
        if (!mine.done) {
          write(next());
        }
      } finally {
        turn.unlock();
      }
    }
    return mine.result();
  }

  /** How many lines were written since the node began, those that came twice among them. */
  public long linesStored() {
    return linesStored.sum();
  }

  /** How many calls wait for their turn, as it stands now. */
  int waiting() {
    return waiting.size();
  }

  private void requireOwn(HostId host, JobId job) {
    if (!host.equals(owners.get(job))) {
      reports.requireOwn(host, job);
      owners.put(job, host);
    }
  }

  /** What the next commit is made of; at least one. */
  private List<Waiting> next() {
    List<Waiting> next = new ArrayList<>();
    int lines = 0;
    while (lines < LINES_PER_COMMIT && !waiting.isEmpty()) {
      Waiting one = waiting.remove();
      lines += one.batch.lines().size();
      next.add(one);
    }
    return next;
  }

  /** One sender's bad lines must not cost the others theirs: then each is written for itself. */
  private void write(List<Waiting> all) {
    try {
      commit(all);
    } catch (RuntimeException | Error e) { // who is told of no end would wait for ever
      if (all.size() > 1 && !databaseIsAway(e)) {
        all.forEach(one -> write(List.of(one)));
      } else {
        all.forEach(one -> one.failed(e));
      }
    }
  }

  private void commit(List<Waiting> all) {
    List<LogBatch> batches = all.stream().map(one -> one.batch).toList();
    Map<JobId, Long> complete;
    try {
      batches.forEach(batch -> prepare(batch.job()));
      complete = writer.write(batches);
    } catch (RuntimeException | Error e) {
      prepared.clear(); // should a day's logs have been dropped meanwhile, it is made again
      throw e;
    }
    batches.forEach(batch -> linesStored.add(batch.lines().size()));
    all.forEach(one -> one.stored(complete.get(one.batch.job())));
  }

  private void prepare(JobId job) {
    LocalDate day = LogDay.of(job);
    if (!prepared.contains(day)) {
      writer.prepare(day);
      prepared.add(day);
    }
  }

  /** Then it is no use to try each for itself; the agents keep their lines. */
  private static boolean databaseIsAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException known && known.getSQLState() != null) {
        String group = known.getSQLState().substring(0, 2);
        // connection lost, out of resources, stopped by its operator, broken system
        return Set.of("08", "53", "57", "58").contains(group);
      }
    }
    return true;
  }

  /** One call of {@link #append}; what is written by the thread whose turn it is, others read. */
  private static final class Waiting {

    private final LogBatch batch;
    private long complete;
    private Throwable failure;
    private volatile boolean done;

    Waiting(LogBatch batch) {
      this.batch = batch;
    }

    void stored(long upTo) {
      complete = upTo;
      done = true;
    }

    void failed(Throwable reason) {
      failure = reason;
      done = true;
    }

    long result() {
      if (failure != null) {
        throw new IllegalStateException("the lines could not be stored", failure);
      }
      return complete;
    }
  }

  private static final class LatestOwners extends LinkedHashMap<JobId, HostId> {

    private static final long serialVersionUID = 1L;

    LatestOwners() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<JobId, HostId> eldest) {
      return size() > KNOWN_JOBS;
    }
  }
}
