package org.resticmanager.agent.restic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.agent.config.OnwardClock;
import org.resticmanager.agent.config.PrivateFile;

/**
 * A restic that was started, by us or by the agent before us. Its output goes to files of the job's
 * folder and its exit code too, so that it neither dies of our death nor blocks on us; we read the
 * files behind it. It runs in a session of its own, out of reach of our terminal.
 *
 * <p>It is ended by SIGINT, on which every version takes its lock away, and after 30 s by SIGKILL.
 */
public final class ResticProcess {

  /** restic was seen to need 7 s to leave its repository in order. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** What a process needs to note itself, or the shell around it to note its end, and far more. */
  private static final Duration NOTE_LIMIT = Duration.ofSeconds(10);

  private static final long LOOK_EVERY_MILLIS = 100;
  private static final long MAX_CAPTURED_BYTES = 64L * 1024;
  private static final int KILLED = 128 + 9;

  /** Not yet begun; holds the boot's id. */
  private static final String GO = ".go";

  private static final String PID = ".pid";
  private static final String EXIT = ".exit";

  /** Becomes the one above; as long as a code may be, from the beginning. */
  private static final String EXIT_NEXT = ".exit.new";

  private static final int LONGEST_EXIT_CODE = 3;

  /** We asked it to end; holds the reason. */
  private static final String INTERRUPTED = ".int";

  private static final String KILLED_BY_US = ".kill";
  private static final List<Path> SET_SID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  private final Path folder;
  private final String name;
  private final Optional<Process> child;
  private final Clock onward = new OnwardClock(Clock.systemUTC());
  private Instant goneSince;
  private Instant signalledAt;

  private ResticProcess(Path folder, String name, Optional<Process> child) {
    this.folder = folder;
    this.name = name;
    this.child = child;
  }

  /**
   * Starts restic.
   *
   * @param folder where its output goes; also its working folder
   * @param name names the files there
   * @param command restic's path and arguments
   * @param variables are added to our own environment, without what would contradict them
   */
  static ResticProcess start(
      Path folder, String name, List<String> command, Map<String, String> variables)
      throws IOException {
    for (String ending : List.of(".out", ".err")) {
      PrivateFile.createEmpty(folder.resolve(name + ending));
    }
    for (String ending : List.of(PID, EXIT, INTERRUPTED, KILLED_BY_US)) {
      Files.deleteIfExists(folder.resolve(name + ending));
    }
    ProcessBuilder builder = new ProcessBuilder();
    inherit(builder.environment());
    if (Machine.posix()) {
      writeNote(folder.resolve(name + EXIT_NEXT), "\n".repeat(LONGEST_EXIT_CODE));
      ShellScript script = new ShellScript(name, command, variables);
      PrivateFile.createEmpty(folder.resolve(name + ".sh"));
      Files.write(folder.resolve(name + ".sh"), script.bytes());
      builder.environment().putAll(script.environment());
      builder.command(inOwnSession(List.of("/bin/sh", name + ".sh")));
      builder.redirectInput(Path.of("/dev/null").toFile());
    } else {
      builder.environment().putAll(variables);
      builder.command(command);
    }
    builder.directory(folder.toFile());
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".out").toFile()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".err").toFile()));
    writeNote(folder.resolve(name + GO), Machine.bootId());
    Process process = builder.start();
    if (!Machine.posix()) {
      writeNote(folder.resolve(name + PID), "\n" + process.pid());
    }
    process.getOutputStream().close();
    return new ResticProcess(folder, name, Optional.of(process));
  }

  /** A signal that the terminal sends to all of its processes is not meant for restic. */
  private static List<String> inOwnSession(List<String> command) {
    List<String> whole = new ArrayList<>();
    SET_SID.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .ifPresent(whole::add);
    whole.addAll(command);
    return whole;
  }

  private static void writeNote(Path file, String text) throws IOException {
    PrivateFile.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** An operator's RESTIC_PACK_SIZE or proxy is welcome; another repository or password is not. */
  private static void inherit(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(
            variable ->
                variable.startsWith("RESTIC_MANAGER_")
                    || variable.startsWith("RESTIC_REPOSITORY")
                    || variable.startsWith("RESTIC_PASSWORD")
                    || variable.startsWith("RESTIC_REST_")
                    || variable.startsWith("RESTIC_FROM_")
                    || variable.equals("RESTIC_KEY_HINT")
                    || variable.equals("RESTIC_HOST"));
  }

  /** Whether a restic was begun, or is just about to begin, under any name in this folder. */
  public static boolean begunIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).anyMatch(ResticProcess::tellsOfBegin);
    }
  }

  private static boolean tellsOfBegin(String file) {
    return file.endsWith(PID) || file.endsWith(EXIT) || file.endsWith(GO);
  }

  /**
   * Finds the restic that an earlier agent started under this name, whether it still runs or not.
   * If the answer is that there is none, then none will begin any more either.
   */
  static Optional<ResticProcess> find(Path folder, String name) throws IOException {
    if (Files.exists(folder.resolve(name + EXIT)) || Files.exists(folder.resolve(name + PID))) {
      return Optional.of(new ResticProcess(folder, name, Optional.empty()));
    }
    try {
      // the shell around restic takes the same file away before it begins: one of us gets it
      Files.delete(folder.resolve(name + GO));
    } catch (NoSuchFileException e) {
      return Files.exists(folder.resolve(name + PID))
          ? Optional.of(new ResticProcess(folder, name, Optional.empty()))
          : Optional.empty();
    }
    return Optional.empty();
  }

  /**
   * Reads the output until restic has ended.
   *
   * @param giveUp asked ten times a second; once it gives a reason, restic is ended
   * @param leaving asked as often; once it is true, restic is left alone
   * @throws LeftRunning if restic was left alone
   */
  Exit follow(
      OutputTail out, OutputTail err, Supplier<Optional<String>> giveUp, BooleanSupplier leaving)
      throws IOException {
    try {
      while (!ended()) {
        out.readAvailable();
        err.readAvailable();
        if (leaving.getAsBoolean()) {
          throw new LeftRunning(name);
        }
        Optional<String> reason = giveUp.get();
        if (reason.isPresent()) {
          interrupt(reason.get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while restic ran", e);
    }
    out.readRest();
    err.readRest();
    return exit();
  }

  /** Waits a moment. */
  private boolean ended() throws IOException, InterruptedException {
    if (child.isPresent()) {
      return child.get().waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
    if (Files.exists(folder.resolve(name + EXIT))) {
      return true;
    }
    Optional<ProcessNote> note = note();
    if (note.isPresent() && !note.get().ofThisBoot()) {
      return true;
    }
    if (note.flatMap(ProcessNote::alive).isPresent()) {
      goneSince = null;
    } else {
      // the shell around it may be about to note its beginning or its end
      goneSince = goneSince == null ? onward.instant() : goneSince;
      if (onward.instant().isAfter(goneSince.plus(NOTE_LIMIT))) {
        return true;
      }
    }
    TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    return false;
  }

  private Exit exit() throws IOException {
    Optional<String> reason = text(INTERRUPTED);
    boolean killed = Files.exists(folder.resolve(name + KILLED_BY_US));
    Optional<Integer> code = exitCode();
    if (code.isPresent()) {
      return code.get() == KILLED && !killed
          ? new Exit(-1, reason, true, Optional.of("restic was killed while it ran"))
          : new Exit(code.get(), reason, killed, Optional.empty());
    }
    String died =
        note().filter(note -> !note.ofThisBoot()).isPresent()
            ? "the host was restarted while restic ran"
            : "restic was ended by force while it ran, and left no exit code";
    return new Exit(-1, reason, true, Optional.of(died));
  }

  private Optional<Integer> exitCode() throws IOException {
    if (child.isPresent()) {
      return Optional.of(child.get().exitValue());
    }
    try {
      return text(EXIT).map(Integer::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<String> text(String ending) throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve(name + ending)).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Optional<ProcessNote> note() throws IOException {
    return ProcessNote.read(folder.resolve(name + PID));
  }

  /** Asks restic to end; when it was asked long ago, by us or by the agent before us, forces it. */
  private void interrupt(String reason) throws IOException {
    Path mark = folder.resolve(name + INTERRUPTED);
    if (!Files.exists(mark)) {
      writeNote(mark, reason);
    }
    if (signalledAt == null) {
      signalledAt = signalInterrupt() ? onward.instant() : null;
    } else if (onward.instant().isAfter(signalledAt.plus(GRACE)) || olderThanGrace(mark)) {
      kill();
    }
  }

  private static boolean olderThanGrace(Path mark) throws IOException {
    Instant asked = Files.getLastModifiedTime(mark).toInstant();
    return Duration.between(asked, Instant.now()).compareTo(GRACE) > 0;
  }

  private boolean signalInterrupt() throws IOException {
    Optional<ProcessHandle> restic = note().flatMap(ProcessNote::alive);
    if (restic.isPresent()) {
      if (Machine.posix()) {
        signalInterrupt(restic.get().pid());
      } else {
        restic.get().destroy();
      }
    }
    return restic.isPresent();
  }

  private static void signalInterrupt(long pid) throws IOException {
    new ProcessBuilder("/bin/sh", "-c", "kill -INT " + pid)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The shell around it lives on, and notes its end. */
  private void kill() throws IOException {
    Optional<ProcessHandle> restic = note().flatMap(ProcessNote::alive);
    if (restic.isPresent()) {
      PrivateFile.createEmpty(folder.resolve(name + KILLED_BY_US));
      restic.get().descendants().forEach(ProcessHandle::destroyForcibly);
      restic.get().destroyForcibly();
    }
  }

  /** What it and all that it has started and still runs have used; empty if nobody knows. */
  Optional<Duration> processorTime() {
    try {
      Optional<ProcessHandle> restic = note().flatMap(ProcessNote::alive);
      return restic.flatMap(ResticProcess::processorTime);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> processorTime(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(each -> each.info().totalCpuDuration())
        .reduce(
            Optional.of(Duration.ZERO),
            (sum, used) -> sum.flatMap(before -> used.map(before::plus)));
  }

  /** Asks what it has started to end, down to the last. */
  void endDescendants() {
    try {
      note()
          .flatMap(ProcessNote::alive)
          .ifPresent(process -> process.descendants().forEach(ProcessHandle::destroy));
    } catch (IOException e) {
      // asked again a moment later
      return;
    }
  }

  /**
   * Runs a command that ends soon, writes little (what a pipe holds) and needs no repository;
   * returns what it wrote.
   */
  static String capture(Path binary, String argument, Duration limit) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(binary.toString(), argument);
    inherit(builder.environment());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (InputStream output = process.getInputStream()) {
      return new String(output.readNBytes((int) MAX_CAPTURED_BYTES), StandardCharsets.UTF_8);
    }
  }
}
