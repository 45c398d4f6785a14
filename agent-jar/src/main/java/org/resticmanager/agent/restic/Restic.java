package org.resticmanager.agent.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.resticmanager.agent.config.OnwardClock;

/**
 * One restic, one repository, one folder for output: what all commands of a job share. For one
 * thread.
 */
public final class Restic {

  /** With less than this, what restic writes may have found no place. */
  private static final long LEAST_ROOM_BYTES = 64L * 1024;

  private final Version binary;
  private final RepositoryAccess access;
  private final Limits limits;
  private final Redaction redaction;
  private final Path folder;
  private final Path cache;
  private final Patience patience;
  private final Clock onward;
  private final Interruption interruption;
  private final Bookmark bookmark;
  private boolean interrupted;
  private boolean killed;
  private Instant lastProgress = Instant.EPOCH;
  private Optional<Standstill> standstill = Optional.empty();

  /**
   * @param binary is asked when something is to be started; what runs already needs it no more
   * @param limits for all that is started
   * @param folder where the output goes
   * @param cache restic's cache
   * @param patience how long to wait for a restic that gets nowhere
   * @param interruption ends or leaves whatever runs
   * @param bookmark is told of each line that is read
   */
  public Restic(
      Version binary,
      RepositoryAccess access,
      Limits limits,
      Path folder,
      Path cache,
      Patience patience,
      Clock clock,
      Interruption interruption,
      Bookmark bookmark) {
    this.binary = binary;
    this.access = access;
    this.limits = limits;
    this.redaction = new Redaction(access);
    this.folder = folder;
    this.cache = cache;
    this.patience = patience;
    this.onward = new OnwardClock(clock);
    this.interruption = interruption;
    this.bookmark = bookmark;
  }

  /**
   * What the restic is.
   *
   * @throws ResticMissing if there is none any more
   */
  public ResticVersion version() throws ResticMissing {
    return binary.find().version();
  }

  /** Where commands run, and where what they need lies; only we may read it. */
  Path folder() {
    return folder;
  }

  Path output(String name) {
    return folder.resolve(name + ".out");
  }

  /** The running command gets on, so its backend is there. */
  void progressed() {
    lastProgress = onward.instant();
    standstill.ifPresent(Standstill::heard);
  }

  /**
   * Runs a command to its end, once: if an earlier agent has begun it, this is followed to its end,
   * or its end is looked up.
   *
   * @param name names the command and the files of its output
   * @param stdout takes its lines as they come, without secrets
   * @param stderr likewise
   * @throws LeftRunning if the agent stops and leaves it to the next one
   */
  Ended run(String name, List<String> arguments, Consumer<String> stdout, ErrorLines stderr)
      throws IOException {
    return run(name, arguments, stdout, stderr, exit -> false);
  }

  /** As {@link #run}, for what changes nothing: if it died it is begun again. */
  Ended query(String name, List<String> arguments, Consumer<String> stdout, ErrorLines stderr)
      throws IOException {
    return run(name, arguments, stdout, stderr, exit -> exit.died().isPresent());
  }

  private Ended run(
      String name,
      List<String> arguments,
      Consumer<String> stdout,
      ErrorLines stderr,
      Predicate<Exit> again)
      throws IOException {
    Optional<ResticProcess> earlier = ResticProcess.find(folder, name);
    if (earlier.isPresent()) {
      Complaints complaints = new Complaints();
      Exit exit = follow(earlier.get(), name, stdout, stderr, complaints);
      if (!again.test(exit)) {
        return ended(exit, complaints);
      }
    }
    if (interruption.leaving()) {
      throw new LeftRunning(name);
    }
    Complaints complaints = new Complaints();
    if (interruption.reason().isPresent()) {
      interrupted = true;
      return new Ended(Trouble.CODE_INTERRUPTED, complaints, interruption.reason());
    }
    ResticProcess process = start(name, arguments);
    return ended(follow(process, name, stdout, stderr, complaints), complaints);
  }

  private ResticProcess start(String name, List<String> arguments) throws IOException {
    ResticBinary found = binary.find();
    List<String> command = new ArrayList<>();
    command.add(found.path().toString());
    command.addAll(trust(found.version()));
    command.addAll(limits.arguments());
    command.addAll(arguments);
    Map<String, String> variables = new HashMap<>(access.environment(found.version()));
    variables.put("RESTIC_PROGRESS_FPS", "1");
    variables.put("RESTIC_CACHE_DIR", cache.toString());
    return ResticProcess.start(folder, name, command, variables);
  }

  /** Older versions know the host's own authority by this option only. */
  private static List<String> trust(ResticVersion version) {
    String authority = System.getenv("RESTIC_CACERT");
    return authority == null || version.atLeast(0, 18) ? List.of() : List.of("--cacert", authority);
  }

  private Exit follow(
      ResticProcess process,
      String name,
      Consumer<String> stdout,
      ErrorLines stderr,
      Complaints complaints)
      throws IOException {
    Standstill still =
        new Standstill(patience.standstill(), System::nanoTime, process::processorTime);
    standstill = Optional.of(still);
    progressed();
    String outFile = name + ".out";
    String errFile = name + ".err";
    try (OutputTail out =
            new OutputTail(
                folder.resolve(outFile),
                0,
                (line, end) -> {
                  bookmark.reading(outFile, end);
                  stdout.accept(redaction.apply(line));
                });
        OutputTail err =
            new OutputTail(
                folder.resolve(errFile),
                0,
                (line, end) -> {
                  bookmark.reading(errFile, end);
                  String clean = redaction.apply(line);
                  still.heard();
                  stderr.accept(clean, complaints.accept(clean));
                })) {
      Exit exit = process.follow(out, err, () -> giveUp(complaints, still), interruption::leaving);
      if (Files.getFileStore(folder).getUsableSpace() < LEAST_ROOM_BYTES) {
        complaints.mayBeIncomplete();
      }
      return exit;
    } finally {
      bookmark.pause();
    }
  }

  private Optional<String> giveUp(Complaints complaints, Standstill still) {
    if (interruption.reason().isPresent()) {
      return interruption.reason();
    }
    if (unreachable(complaints)) {
      return Optional.of(unreachableInWords(complaints));
    }
    return still.reached() ? Optional.of(standstillInWords()) : Optional.empty();
  }

  private Ended ended(Exit exit, Complaints complaints) {
    interrupted |= exit.interrupted().isPresent();
    killed |= exit.killed();
    Optional<String> cutShort = exit.interrupted().or(exit::died);
    if (cutShort.isEmpty()) {
      return new Ended(Trouble.code(exit.code(), complaints), complaints, cutShort);
    }
    boolean wished = exit.interrupted().isPresent() && interruption.reason().isPresent();
    return new Ended(wished ? Trouble.CODE_INTERRUPTED : -1, complaints, cutShort);
  }

  /** Whether anything was asked to end, or not begun, because somebody wished so. */
  public boolean interrupted() {
    return interrupted;
  }

  /** Whether anything was ended by force, so that its lock may be there still. */
  public boolean killed() {
    return killed;
  }

  private boolean unreachable(Complaints complaints) {
    return complaints.retrying().isPresent()
        && onward.instant().isAfter(lastProgress.plus(patience.unreachable()));
  }

  private String unreachableInWords(Complaints complaints) {
    Trouble trouble = Trouble.of(-1, complaints);
    if (trouble != Trouble.UNREACHABLE && trouble != Trouble.OTHER) {
      return trouble.inWords(complaints);
    }
    return "the repository is not reachable: no progress in "
        + patience.unreachable().toSeconds()
        + " s ("
        + complaints.retrying().orElse("")
        + ")";
  }

  private String standstillInWords() {
    return "restic stood still: it said nothing new and used next to no processor time in "
        + inWords(patience.standstill());
  }

  private static String inWords(Duration time) {
    return time.toSeconds() % 3600 == 0 ? time.toHours() + " h" : time.toSeconds() + " s";
  }

  /** Takes the lines of stderr. */
  @FunctionalInterface
  interface ErrorLines {

    /**
     * @param line without secrets
     * @param json whether it is one of restic's JSON objects
     */
    void accept(String line, boolean json);
  }
}
