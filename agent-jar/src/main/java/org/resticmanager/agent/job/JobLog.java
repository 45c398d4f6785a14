package org.resticmanager.agent.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.resticmanager.agent.config.OnwardClock;
import org.resticmanager.agent.restic.BackupStatus;
import org.resticmanager.agent.restic.Bookmark;
import org.resticmanager.agent.restic.ResticOutput;
import org.resticmanager.agent.spool.JobSpool;
import org.resticmanager.agent.spool.Place;
import org.resticmanager.protocol.wire.JobProgress;
import org.resticmanager.protocol.wire.LogStreamName;

/**
 * One job's log and progress. What an earlier process has put into the log already is not put there
 * again.
 */
final class JobLog implements ResticOutput, Bookmark {

  private static final String OURS = "restic-manager: ";

  /** Often enough to see that it goes on, seldom enough for a backup of a day. */
  private static final Duration NOTE_PROGRESS_EVERY = Duration.ofSeconds(10);

  private static final double MEBI = 1024.0 * 1024;

  private final JobSpool spool;
  private final ProgressBoard board;
  private final Clock clock;
  private final Clock onward;
  private final Instant startedAt;
  private Instant progressNotedAt;
  private Optional<Place> reading = Optional.empty();
  private boolean readBefore;

  JobLog(JobSpool spool, ProgressBoard board, Clock clock) {
    this.spool = spool;
    this.board = board;
    this.clock = clock;
    this.onward = new OnwardClock(clock);
    this.startedAt = onward.instant();
    this.progressNotedAt = startedAt;
  }

  /** What we ourselves have to say, as opposed to restic; once, however often it is said. */
  void note(String text) {
    append(LogStreamName.STDOUT, OURS + text, place(text));
  }

  /** What we ourselves warn of; likewise. */
  void warn(String text) {
    append(LogStreamName.STDERR, OURS + text, place(text));
  }

  private Optional<Place> place(String text) {
    return reading.or(
        () -> Optional.of(new Place("own-" + Integer.toHexString(text.hashCode()), 1)));
  }

  @Override
  public void reading(String file, long end) {
    Place place = new Place(file, end);
    reading = Optional.of(place);
    readBefore = spool.holds(place);
  }

  @Override
  public void pause() {
    reading = Optional.empty();
    readBefore = false;
  }

  @Override
  public void stdout(String line) {
    append(LogStreamName.STDOUT, line, reading);
  }

  @Override
  public void stderr(String line) {
    append(LogStreamName.STDERR, line, reading);
  }

  @Override
  public void event(String json) {
    append(LogStreamName.EVENT, json, reading);
  }

  @Override
  public void status(BackupStatus status) {
    if (!status.knowsAnything() && status.fractionDone() < 1) {
      // the first progress is sent at once, the next a second later: not to be wasted on this
      return;
    }
    if (readBefore) {
      return;
    }
    noteNowAndThen(status);
    long elapsedMillis =
        status.secondsElapsed() > 0
            ? status.secondsElapsed() * 1000
            : Math.max(1, Duration.between(startedAt, onward.instant()).toMillis());
    board.post(
        new JobProgress(
            spool.id().value(),
            status.fractionDone(),
            status.filesDone(),
            status.totalFiles(),
            status.bytesDone(),
            status.totalBytes(),
            status.secondsRemaining(),
            (long) (status.bytesDone() * 1000.0 / elapsedMillis),
            status.currentFile().orElse(null)));
  }

  /** restic's own status lines are too many for a log; without any, nobody sees it move. */
  private void noteNowAndThen(BackupStatus status) {
    Instant now = onward.instant();
    if (Duration.between(progressNotedAt, now).compareTo(NOTE_PROGRESS_EVERY) < 0) {
      return;
    }
    progressNotedAt = now;
    String bytes =
        status.totalBytes() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " files, %.1f of %.1f MiB",
                status.bytesDone() / MEBI,
                status.totalBytes() / MEBI);
    note(
        String.format(
            Locale.ROOT,
            "%.0f %% done: %d of %d%s",
            status.fractionDone() * 100,
            status.filesDone(),
            status.totalFiles(),
            bytes));
  }

  private void append(LogStreamName stream, String text, Optional<Place> place) {
    spool.appendLine(stream, clock.instant(), text, place);
  }
}
