package org.resticmanager.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.PrivateFile;
import org.resticmanager.agent.config.SpoolSettings;
import org.resticmanager.agent.config.Words;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.WireCodec;

/** All jobs that this agent holds, oldest first. Thread-safe. */
public final class Spool {

  private static final System.Logger LOG = System.getLogger(Spool.class.getName());

  private final Path folder;
  private final WireCodec codec;
  private final Changes changes;
  private final FinishedJobs finished;
  private final SpoolRoom room;
  private final Function<CommandRun, Optional<String>> refusal;
  private final Map<JobId, JobSpool> jobs = new LinkedHashMap<>();
  private long lastOrder;

  /** As below, with the usual room, and for every command. */
  public Spool(DataFolder data, WireCodec codec, Changes changes) throws IOException {
    this(data, codec, changes, SpoolSettings.UNLESS_TOLD, command -> Optional.empty());
  }

  /**
   * Finds again what an earlier process left.
   *
   * @param changes is told of every new job and event
   * @param refusal says why a command cannot be carried out here; empty if it can
   */
  public Spool(
      DataFolder data,
      WireCodec codec,
      Changes changes,
      SpoolSettings settings,
      Function<CommandRun, Optional<String>> refusal)
      throws IOException {
    this.refusal = refusal;
    this.room = new SpoolRoom(settings, data.root());
    this.folder = data.jobs();
    this.codec = codec;
    this.changes = changes;
    this.finished = new FinishedJobs(data.finishedJobs());
    PrivateFile.createFolder(folder);
    recover();
    room.keepReserve();
  }

  private void recover() throws IOException {
    List<Path> folders;
    try (var entries = Files.list(folder)) {
      folders = entries.filter(Files::isDirectory).toList();
    }
    folders.stream()
        .flatMap(path -> recover(path).stream())
        .sorted(Comparator.comparingLong(JobSpool::order))
        .forEach(
            job -> {
              jobs.put(job.id(), job);
              lastOrder = job.order();
            });
    for (JobSpool job : jobs()) {
      if (finished.contains(job.id())) {
        forget(job);
      }
    }
  }

  private Optional<JobSpool> recover(Path path) {
    try {
      JobId id = new JobId(path.getFileName().toString());
      Optional<JobSpool> job = JobSpool.recover(path, id, codec, changes, room);
      if (job.isEmpty()) {
        JobSpool.deleteFolder(path);
      }
      return job;
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "left alone: {0} is not a job that this version understands ({1})",
          path,
          Words.of(e));
      return Optional.empty();
    }
  }

  /**
   * Stores a command; when this returns, a crash does not lose it. A job that is or was known here
   * is not stored, and so not run, a second time.
   *
   * @throws IllegalArgumentException if it cannot be carried out here, or was already and nothing
   *     more is to come of it; the message says why
   * @throws IOException if it cannot be stored; nothing of it is left, so it will not be run
   */
  public synchronized void accept(JobId id, CommandRun command) throws IOException {
    if (jobs.containsKey(id)) {
      return;
    }
    if (finished.contains(id)) {
      throw new IllegalArgumentException(
          "this host has carried out the job already and told its end; a control plane that was"
              + " restored from a backup does not know that any more");
    }
    refusal
        .apply(command)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
    JobSpool job = create(id, command);
    lastOrder = job.order();
    jobs.put(id, job);
    changes.signal();
  }

  private JobSpool create(JobId id, CommandRun command) throws IOException {
    Path place = folder.resolve(id.value());
    try {
      return JobSpool.create(place, id, lastOrder + 1, command, codec, changes, room);
    } catch (IOException e) {
      try {
        JobSpool.delete(place);
      } catch (IOException undeleted) {
        e.addSuppressed(undeleted);
      }
      throw e;
    }
  }

  /** All jobs held, oldest first. */
  public synchronized List<JobSpool> jobs() {
    return List.copyOf(jobs.values());
  }

  /** The job of this id, if it is held. */
  public synchronized Optional<JobSpool> job(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** The oldest job that has not begun. */
  public Optional<JobSpool> nextQueued() {
    return jobs().stream().filter(job -> job.status() == JobStatus.QUEUED).findFirst();
  }

  /**
   * The server has committed log lines up to {@code seq} and, with {@code end}, the job's end: then
   * the job is forgotten here, all but its id. Of an unknown job nothing changes.
   */
  public synchronized void confirmed(JobId id, long seq, boolean end) throws IOException {
    JobSpool job = jobs.get(id);
    if (job == null) {
      return;
    }
    if (end && job.status().ended()) {
      room.writeAnyway(() -> finished.add(id));
      forget(job);
      room.keepReserve();
    } else {
      job.confirmed(seq);
    }
  }

  private synchronized void forget(JobSpool job) throws IOException {
    jobs.remove(job.id());
    job.delete();
    changes.signal();
  }
}
