package org.resticmanager.agent.job;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.resticmanager.agent.restic.Backup;
import org.resticmanager.agent.restic.BackupSummary;
import org.resticmanager.agent.restic.Ended;
import org.resticmanager.agent.restic.Restic;
import org.resticmanager.agent.restic.Selection;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.JobStatus;
import org.resticmanager.protocol.wire.Snapshot;

/**
 * Backs up a source group's paths, and reports what is in the repository then.
 *
 * <p>Whether the paths are there is looked up before: restic before 0.19 leaves a missing one out
 * and says that all went well.
 */
final class BackupJob {

  private static final int INCOMPLETE = 3;
  private static final int PATHS_NAMED = 5;

  private final JobSpool spool;
  private final JobLog log;
  private final String hostName;
  private final SnapshotList snapshots;

  BackupJob(JobSpool spool, JobLog log, String hostName, SnapshotList snapshots) {
    this.spool = spool;
    this.log = log;
    this.hostName = hostName;
    this.snapshots = snapshots;
  }

  /** Why restic need not even be started; empty if it may. */
  Optional<String> refusal() {
    List<String> paths = spool.command().includes();
    if (paths.isEmpty()) {
      return Optional.of("the source group has no paths; add one");
    }
    List<String> relative = paths.stream().filter(path -> !absolute(path)).toList();
    if (!relative.isEmpty()) {
      return Optional.of("these paths are not absolute; correct them: " + named(relative));
    }
    return missing().size() == paths.size()
        ? Optional.of("none of the paths exists on this host: " + named(paths))
        : Optional.empty();
  }

  Outcome run(Restic restic) throws IOException {
    List<String> missing = missing();
    missing.forEach(path -> log.warn(path + " does not exist on this host and is left out"));
    CommandRun command = spool.command();
    log.note(
        "restic "
            + restic.version().text()
            + " backs up "
            + named(command.includes())
            + " with the tag "
            + command.tag());
    Backup backup = new Backup(restic);
    Ended ended = backup.run(hostName, command.tag(), selection(command), log);
    Optional<BackupSummary> summary = backup.summary();
    boolean snapshotMade = summary.flatMap(BackupSummary::snapshotId).isPresent();
    // restic ends so only after it has made a snapshot
    boolean summaryLost =
        ended.exitCode() == INCOMPLETE && summary.isEmpty() && ended.complaints().incomplete();
    boolean done = ended.ok() || (ended.exitCode() == INCOMPLETE && (snapshotMade || summaryLost));
    Optional<JsonObject> stats = summary.map(BackupSummary::json);
    Set<String> leftOut = new LinkedHashSet<>(missing);
    leftOut.addAll(ended.complaints().skipped());
    String remarks = remarks(ended, List.copyOf(leftOut), summaryLost);
    if (!done) {
      return new Outcome(JobStatus.FAILED, ended.exitCode(), stats, failure(ended, remarks));
    }
    // paths that were left out are not in the snapshot
    Optional<Snapshot> added =
        summary
            .filter(made -> leftOut.isEmpty())
            .flatMap(made -> AddedSnapshot.of(made, command, hostName));
    snapshots.reportBackup(restic, summary, added);
    // before 0.19 restic ends with 0 although a path was not there
    return Outcome.succeeded(
        remarks.isEmpty() ? ended.exitCode() : INCOMPLETE,
        stats,
        remarks.isEmpty() && !ended.ok() ? "some files could not be read" : remarks);
  }

  private static Selection selection(CommandRun command) {
    return new Selection(
        command.includes(),
        command.excludes(),
        command.excludeCaches(),
        command.excludeIfPresent(),
        command.oneFileSystem());
  }

  private static String failure(Ended ended, String remarks) {
    return remarks.isEmpty() || ended.cutShort().isPresent()
        ? ended.reason()
        : ended.reason() + "; " + remarks;
  }

  private static String remarks(Ended ended, List<String> missing, boolean summaryLost) {
    List<String> remarks = new ArrayList<>();
    if (summaryLost) {
      remarks.add(
          "what restic said could not be stored, because the disk of the agent's data folder is"
              + " full");
    }
    if (!missing.isEmpty()) {
      remarks.add(
          missing.size()
              + (missing.size() == 1 ? " path does" : " paths do")
              + " not exist: "
              + named(missing));
    }
    ended.complaints().unreadableInWords().ifPresent(remarks::add);
    return String.join("; ", remarks);
  }

  private List<String> missing() {
    return spool.command().includes().stream().filter(BackupJob::surelyMissing).toList();
  }

  /** What we may not look at, or cannot name in this locale, is for restic to judge. */
  private static boolean surelyMissing(String path) {
    try {
      return Files.notExists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean absolute(String path) {
    try {
      return path.startsWith("/") || Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String named(List<String> paths) {
    String names = String.join(", ", paths.subList(0, Math.min(PATHS_NAMED, paths.size())));
    return paths.size() > PATHS_NAMED ? names + ", …" : names;
  }
}
