package org.resticmanager.web.ui;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.resticmanager.job.JobId;
import org.resticmanager.joblog.JobLogs;
import org.resticmanager.joblog.LogFinds;
import org.resticmanager.joblog.LogLine;
import org.resticmanager.joblog.LogState;
import org.resticmanager.joblog.LogWanted;
import org.resticmanager.platform.Page;

/**
 * The log on a job's page. By its address it is the end of the log as it grows, or what stands
 * still: the lines around one, or those that somebody looks for.
 */
@Named
@RequestScoped
public class JobLogView {

  private static final int LINES = 500;
  private static final String PROBLEMS = "problems";

  @Inject private JobLogs logs;
  @Inject private Wording wording;

  private final String id = Address.parameter("id");
  private final long line = number(Address.parameter("line"));
  private final long before = number(Address.parameter("before"));
  private final LogWanted wanted =
      new LogWanted(Address.parameter("find"), PROBLEMS.equals(Address.parameter("level")));
  private long after;
  private boolean caughtUp;
  private List<LogLine> lines = List.of();
  private LogFinds finds;
  private LogState state;

  private static long number(String text) {
    try {
      return text.isEmpty() ? 0 : Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Reads what the page shows when it is opened; what comes later goes to the page's script. */
  void open() {
    lines = read();
    if (isGrowing()) {
      after = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).seq();
      caughtUp = true;
    }
  }

  private JobId job() {
    return JobId.parse(id);
  }

  /** What is new since the page last asked; empty for what stands still. */
  Optional<LogTail> tail() {
    if (!isGrowing()) {
      return Optional.empty();
    }
    Page<LogLine> page = logs.page(job(), after, LINES);
    caughtUp = page.nextCursor().isEmpty();
    if (!caughtUp) {
      List<LogLine> newest = logs.newest(job(), LINES);
      long skipped = newest.get(0).seq() - after - 1;
      if (skipped > 0) {
        return Optional.of(new LogTail(newest, skipped));
      }
    }
    return page.items().isEmpty() ? Optional.empty() : Optional.of(new LogTail(page.items(), 0));
  }

  /** Whether the browser has all there is so far. */
  boolean caughtUp() {
    return !isGrowing() || caughtUp;
  }

  /** Whether it is the end of the log, and goes on. */
  public boolean isGrowing() {
    return line == 0 && !isSearched();
  }

  /** Whether only some lines are wanted. */
  public boolean isSearched() {
    return !wanted.anything();
  }

  /** The lines that the page was opened with. */
  public List<LogLine> getLines() {
    return lines;
  }

  private List<LogLine> read() {
    if (isSearched()) {
      finds = logs.find(job(), wanted, before == 0 ? Long.MAX_VALUE : before, LINES);
      return finds.lines();
    }
    if (line == 0) {
      return logs.newest(job(), LINES);
    }
    List<LogLine> around = new ArrayList<>(logs.before(job(), line, LINES / 2));
    around.addAll(logs.page(job(), line - 1, LINES / 2).items());
    return around;
  }

  /** How many lines lie before those that the page shows. */
  public long getEarlierLines() {
    return lines.isEmpty() ? 0 : lines.get(0).seq() - 1;
  }

  /** The first of the lines behind; 0 if the page shows the end. */
  public long getLaterLine() {
    long last = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).seq();
    return last < state().highestSeq() ? last + 1 : 0;
  }

  /** Where to look further back, when only a part of the log was looked through; else 0. */
  public long getEarlierFinds() {
    return finds != null && finds.earlier() ? finds.lookedFrom() : 0;
  }

  /** How much was found, in words. */
  public String getFound() {
    int count = lines.size();
    return finds != null && finds.earlier()
        ? wording.text("job.log.found.from", count, finds.lookedFrom())
        : wording.text("job.log.found", count);
  }

  /** When the log was dropped to make room; null if it is there. */
  public Instant getDroppedAt() {
    return state().droppedAt();
  }

  private LogState state() {
    if (state == null) {
      state = logs.state(job());
    }
    return state;
  }

  /** The text of a line as it may be shown. */
  public String shown(LogLine shown) {
    return LogTail.shown(shown);
  }

  /** What may be chosen as level. */
  public List<JobsView.Choice> getLevels() {
    return List.of(
        new JobsView.Choice(
            PROBLEMS, wording.text("job.log.level.problems"), wanted.problemsOnly()));
  }

  /** The words that are looked for. */
  public String getFind() {
    return wanted.words();
  }

  /** The level in the address; empty for all. */
  public String getLevel() {
    return wanted.problemsOnly() ? PROBLEMS : "";
  }

  /** The line that the address names; 0 if none. */
  public long getLine() {
    return line;
  }

  /** The number of the last line that the browser has. */
  public long getAfter() {
    return after;
  }

  public void setAfter(long after) {
    this.after = after;
  }
}
