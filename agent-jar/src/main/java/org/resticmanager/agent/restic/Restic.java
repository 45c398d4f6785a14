package org.resticmanager.agent.restic;

import java.io.IOException;
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

/**
 * One restic, one repository, one folder for output: what all commands of a job share. For one
 * thread.
 */
public final class Restic {

  private final ResticBinary binary;
  private final RepositoryAccess access;
  private final Redaction redaction;
  private final Path folder;
  private final Path cache;
  private final Duration unreachableAfter;
  private final Clock clock;
  private final Interruption interruption;
  private Instant lastProgress = Instant.EPOCH;

  /**
   * @param folder where the output goes
   * @param cache restic's cache
   * @param unreachableAfter how long restic may repeat requests to its backend without any progress
   * @param interruption ends whatever runs
   */
  public Restic(
      ResticBinary binary,
      RepositoryAccess access,
      Path folder,
      Path cache,
      Duration unreachableAfter,
      Clock clock,
      Interruption interruption) {
    this.binary = binary;
    this.access = access;
    this.redaction = new Redaction(access);
    this.folder = folder;
    this.cache = cache;
    this.unreachableAfter = unreachableAfter;
    this.clock = clock;
    this.interruption = interruption;
  }

  /** What the restic is. */
  public ResticVersion version() {
    return binary.version();
  }

  Path output(String name) {
    return folder.resolve(name + ".out");
  }

  /** The running command gets on, so its backend is there. */
  void progressed() {
    lastProgress = clock.instant();
  }

  /**
   * Runs a command to its end.
   *
   * @param name names the files of its output
   * @param stdout takes its lines as they come, without secrets
   * @param stderr likewise
   */
  Ended run(String name, List<String> arguments, Consumer<String> stdout, ErrorLines stderr)
      throws IOException {
    Complaints complaints = new Complaints();
    if (interruption.reason().isPresent()) {
      return new Ended(-1, complaints, interruption.reason());
    }
    List<String> command = new ArrayList<>();
    command.add(binary.path().toString());
    command.addAll(arguments);
    Map<String, String> variables = new HashMap<>(access.environment(version()));
    variables.put("RESTIC_PROGRESS_FPS", "1");
    variables.put("RESTIC_CACHE_DIR", cache.toString());
    progressed();
    ResticProcess process = ResticProcess.start(folder, name, command, variables);
    int exitCode =
        process.follow(
            line -> stdout.accept(redaction.apply(line)),
            line -> {
              String clean = redaction.apply(line);
              stderr.accept(clean, complaints.accept(clean));
            },
            () -> interruption.reason().isPresent() || unreachable(complaints));
    Optional<String> endedByUs =
        interruption
            .reason()
            .or(
                () ->
                    exitCode != 0 && unreachable(complaints)
                        ? Optional.of(unreachableInWords(complaints))
                        : Optional.empty());
    return new Ended(endedByUs.isPresent() ? -1 : exitCode, complaints, endedByUs);
  }

  private boolean unreachable(Complaints complaints) {
    return complaints.retrying().isPresent()
        && clock.instant().isAfter(lastProgress.plus(unreachableAfter));
  }

  private String unreachableInWords(Complaints complaints) {
    Trouble trouble = Trouble.of(-1, complaints);
    if (trouble != Trouble.UNREACHABLE && trouble != Trouble.OTHER) {
      return trouble.inWords(complaints);
    }
    return "the repository is not reachable: no progress in "
        + unreachableAfter.toSeconds()
        + " s ("
        + complaints.retrying().orElse("")
        + ")";
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
