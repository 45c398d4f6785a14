package org.resticmanager.agent.restic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.resticmanager.agent.config.Machine;
import org.resticmanager.agent.config.PrivateFile;

/**
 * A restic that was started. Its output goes to files of the job's folder and its exit code too, so
 * that it neither dies of our death nor blocks on us; we read the files behind it.
 *
 * <p>It is ended by SIGINT, on which every version takes its lock away, and after 30 s by SIGKILL.
 */
public final class ResticProcess {

  /** restic was seen to need 7 s to leave its repository in order. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final long LOOK_EVERY_MILLIS = 100;
  private static final long MAX_CAPTURED_BYTES = 64L * 1024;
  private static final String PID = ".pid";
  private static final String EXIT = ".exit";

  /** How far apart a process's start and its note of it may seem. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

  private final Path folder;
  private final String name;
  private final Process process;
  private Instant interruptedAt;
  private boolean signalled;

  private ResticProcess(Path folder, String name, Process process) {
    this.folder = folder;
    this.name = name;
    this.process = process;
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
    for (String ending : List.of(PID, EXIT)) {
      Files.deleteIfExists(folder.resolve(name + ending));
    }
    ProcessBuilder builder = new ProcessBuilder();
    inherit(builder.environment());
    if (Machine.posix()) {
      ShellScript script = new ShellScript(name, command, variables);
      PrivateFile.createEmpty(folder.resolve(name + ".sh"));
      Files.write(folder.resolve(name + ".sh"), script.bytes());
      builder.environment().putAll(script.environment());
      builder.command("/bin/sh", name + ".sh");
      builder.redirectInput(Path.of("/dev/null").toFile());
    } else {
      builder.environment().putAll(variables);
      builder.command(command);
    }
    builder.directory(folder.toFile());
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".out").toFile()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".err").toFile()));
    Process process = builder.start();
    process.getOutputStream().close();
    return new ResticProcess(folder, name, process);
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

  /**
   * Reads the output until restic has ended.
   *
   * @param giveUp asked ten times a second; once it is true, restic is ended
   * @return restic's exit code; what it is after we ended it means nothing
   */
  int follow(Consumer<String> stdout, Consumer<String> stderr, BooleanSupplier giveUp)
      throws IOException {
    try (OutputTail out = new OutputTail(folder.resolve(name + ".out"), stdout);
        OutputTail err = new OutputTail(folder.resolve(name + ".err"), stderr)) {
      while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        out.readAvailable();
        err.readAvailable();
        if (giveUp.getAsBoolean()) {
          interrupt();
        }
      }
      out.readRest();
      err.readRest();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while restic ran", e);
    }
  }

  private void interrupt() throws IOException {
    Instant now = Instant.now();
    if (interruptedAt == null) {
      interruptedAt = now;
    }
    if (!signalled) {
      signalled = signalInterrupt();
    } else if (Duration.between(interruptedAt, now).compareTo(GRACE) > 0) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private boolean signalInterrupt() throws IOException {
    if (!Machine.posix()) {
      process.destroy();
      return true;
    }
    Optional<Long> pid = notedPid(folder.resolve(name + PID));
    if (pid.isPresent()) {
      signalInterrupt(pid.get());
    }
    return pid.isPresent();
  }

  private static void signalInterrupt(long pid) throws IOException {
    new ProcessBuilder("/bin/sh", "-c", "kill -INT " + pid)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Optional<Long> notedPid(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(Files.readString(file).strip()));
    } catch (NumberFormatException e) {
      // between the file's creation and its writing
      return Optional.empty();
    }
  }

  /**
   * Ends every restic that an earlier agent started for this job and that is still alive, and
   * returns when none is left. Takes up to 30 s.
   *
   * @return whether there was one
   */
  public static boolean endSurvivors(Path folder) throws IOException {
    List<Path> notes;
    try (var files = Files.list(folder)) {
      notes = files.filter(file -> file.getFileName().toString().endsWith(PID)).toList();
    }
    boolean found = false;
    for (Path note : notes) {
      Optional<ProcessHandle> survivor = survivor(note);
      if (survivor.isPresent()) {
        found = true;
        end(survivor.get());
      }
    }
    return found;
  }

  private static Optional<ProcessHandle> survivor(Path note) throws IOException {
    Instant noted = Files.getLastModifiedTime(note).toInstant();
    return notedPid(note)
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        // a process id is used again in time: it must have begun when the note was written
        .filter(
            handle ->
                handle
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, noted).abs())
                    .filter(distance -> distance.compareTo(START_TOLERANCE) <= 0)
                    .isPresent());
  }

  private static void end(ProcessHandle process) throws IOException {
    signalInterrupt(process.pid());
    try {
      process.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs a command that ends soon and needs no repository; returns what it wrote. */
  static String capture(Path binary, String argument, Duration limit) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(binary.toString(), argument);
    inherit(builder.environment());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    var unused =
        process
            .onExit()
            .orTimeout(limit.toSeconds(), TimeUnit.SECONDS)
            .exceptionally(
                timeout -> {
                  process.destroyForcibly();
                  return process;
                });
    try (InputStream output = process.getInputStream()) {
      return new String(output.readNBytes((int) MAX_CAPTURED_BYTES), StandardCharsets.UTF_8);
    }
  }
}
