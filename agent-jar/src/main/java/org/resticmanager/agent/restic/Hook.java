package org.resticmanager.agent.restic;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.resticmanager.agent.config.OnwardClock;

/**
 * What an operator wants to have run before or after a restic. Like restic it outlives the agent,
 * and is run once: the next agent follows it to its end, or looks its end up. It gets none of
 * restic's secrets.
 */
public final class Hook {

  private final Path folder;
  private final Clock onward;
  private final Interruption interruption;
  private final Bookmark bookmark;

  /**
   * @param folder the job's; where its output goes, and its working folder
   * @param interruption ends or leaves it
   * @param bookmark is told of each line that is read
   */
  public Hook(Path folder, Clock clock, Interruption interruption, Bookmark bookmark) {
    this.folder = folder;
    this.onward = new OnwardClock(clock);
    this.interruption = interruption;
    this.bookmark = bookmark;
  }

  /**
   * Runs it to its end.
   *
   * @param name names it and the files of its output
   * @param command the shell with what it is to do
   * @param variables are added to our own environment
   * @param limit after this it is ended, and what it has started too
   * @param output takes what it says
   * @return why it did not go well, as in "the pre hook …"; empty if it did
   * @throws LeftRunning if the agent stops and leaves it to the next one
   */
  public Optional<String> run(
      String name,
      List<String> command,
      Map<String, String> variables,
      Duration limit,
      ResticOutput output)
      throws IOException {
    Optional<ResticProcess> earlier = ResticProcess.find(folder, name);
    if (earlier.isEmpty() && interruption.leaving()) {
      throw new LeftRunning(name);
    }
    if (earlier.isEmpty() && interruption.reason().isPresent()) {
      return Optional.of("was not begun: " + interruption.reason().get());
    }
    ResticProcess process =
        earlier.isPresent() ? earlier.get() : ResticProcess.start(folder, name, command, variables);
    return inWords(follow(process, name, limit, output));
  }

  private Exit follow(ResticProcess process, String name, Duration limit, ResticOutput output)
      throws IOException {
    String outFile = name + ".out";
    String errFile = name + ".err";
    Instant until = onward.instant().plus(limit);
    try (OutputTail out =
            new OutputTail(
                folder.resolve(outFile),
                0,
                (line, end) -> {
                  bookmark.reading(outFile, end);
                  output.stdout(line);
                });
        OutputTail err =
            new OutputTail(
                folder.resolve(errFile),
                0,
                (line, end) -> {
                  bookmark.reading(errFile, end);
                  output.stderr(line);
                })) {
      return process.follow(out, err, () -> giveUp(process, until, limit), interruption::leaving);
    } finally {
      bookmark.pause();
    }
  }

  private Optional<String> giveUp(ResticProcess process, Instant until, Duration limit) {
    Optional<String> reason =
        interruption
            .reason()
            .or(
                () ->
                    onward.instant().isAfter(until)
                        ? Optional.of("took longer than " + limit.toSeconds() + " s")
                        : Optional.empty());
    // a shell passes no signal on to what it waits for
    reason.ifPresent(why -> process.endDescendants());
    return reason;
  }

  private static Optional<String> inWords(Exit exit) {
    if (exit.interrupted().isPresent()) {
      return exit.interrupted();
    }
    if (exit.died().isPresent()) {
      return Optional.of("was cut off, by force or by a restart of the host");
    }
    return exit.code() == 0 ? Optional.empty() : Optional.of("ended with exit code " + exit.code());
  }
}
