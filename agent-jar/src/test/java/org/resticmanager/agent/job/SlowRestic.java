package org.resticmanager.agent.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real restic whose backups take a while; it notes what it was called for. */
public final class SlowRestic {

  private static final int MEBI = 1024 * 1024;

  private final Path folder;
  private final Path real;

  /**
   * @param folder for what belongs to it
   */
  public SlowRestic(Path folder, Path real) {
    this.folder = folder;
    this.real = real;
  }

  /** Every restic at hand. */
  public static List<Path> all() {
    return RealRestic.all().toList();
  }

  /**
   * The program to run.
   *
   * @param kibPerSecond how fast a backup may write
   * @param noise how many lines a backup says on stderr beside restic's own
   */
  public Path program(int kibPerSecond, int noise) throws IOException {
    Path program = folder.resolve("slow-restic");
    Files.writeString(
        program,
        "#!/bin/sh\necho \"$1\" >>'"
            + folder.resolve("calls")
            + "'\ncase \"$1\" in backup)\n(i=0; while [ $i -lt "
            + noise
            + " ]; do echo \"noise $i\" >&2; sleep 0.01; i=$((i+1)); done) &\nexec '"
            + real
            + "' --limit-upload "
            + kibPerSecond
            + " \"$@\";;\nesac\nexec '"
            + real
            + "' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  /** The program to run for a check that reads only so much in a second. */
  public Path slowCheck(int kibPerSecond) throws IOException {
    Path program = folder.resolve("slow-check");
    Files.writeString(
        program,
        "#!/bin/sh\ncase \"$1\" in check) exec '"
            + real
            + "' --limit-download "
            + kibPerSecond
            + " \"$@\";;\nesac\nexec '"
            + real
            + "' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  /**
   * The program to run so that one command begins only when it is {@link #release}d.
   *
   * @param command its first words
   */
  public Path heldAt(String command) throws IOException {
    Path program = folder.resolve("held-restic");
    Files.writeString(
        program,
        "#!/bin/sh\ncase \"$*\" in '"
            + command
            + "'*) : >'"
            + folder.resolve("held")
            + "'; while [ ! -e '"
            + folder.resolve("released")
            + "' ]; do sleep 0.05; done;;\nesac\nexec '"
            + real
            + "' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  /** Waits until the held command was called. */
  public void awaitHeld() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.exists(folder.resolve("held")));
  }

  /** Lets the held command begin. */
  public void release() throws IOException {
    Files.createFile(folder.resolve("released"));
  }

  /** Files that restic cannot make smaller. */
  public Path source(int mebibytes) throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    Random random = new Random(mebibytes);
    byte[] content = new byte[MEBI];
    for (int i = 0; i < mebibytes; i++) {
      random.nextBytes(content);
      Files.write(source.resolve("file-" + i), content);
    }
    return source;
  }

  /** What it was called for, in order. */
  public List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls")).stream()
        .filter(call -> !call.equals("version"))
        .toList();
  }

  /**
   * A restic that holds a lock beside which no other may work, until it is killed.
   *
   * @param repository holds some megabytes
   */
  public Process lockExclusively(String repository, String password)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(real.toString(), "check", "--read-data", "--limit-download", "20");
    builder.environment().put("RESTIC_REPOSITORY", repository);
    builder.environment().put("RESTIC_PASSWORD", password);
    builder.environment().put("RESTIC_CACHE_DIR", folder.resolve("cache").toString());
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process holder = builder.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !ask(repository, password, "list", "locks", "--no-lock").isEmpty());
    return holder;
  }

  /** What the real restic answers, without any lock of its own. */
  public String ask(String repository, String password, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(real.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("RESTIC_REPOSITORY", repository);
    builder.environment().put("RESTIC_PASSWORD", password);
    builder.environment().put("RESTIC_CACHE_DIR", folder.resolve("cache").toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("restic says " + answer);
    }
    return answer.strip();
  }
}
