package org.resticmanager.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs with rights that PostgreSQL accepts and with none of our environment,
 * which may hold secrets.
 *
 * <p>PostgreSQL refuses to run as root. Started by root, its programs get a user namespace of their
 * own, in which they are nobody and still own their files.
 */
final class PostgresProgram {
  private static final int TIMEOUT_SECONDS = 330;

  private final PostgresBinaries binaries;
  private final Path folder;
  private final List<String> prefix;

  private PostgresProgram(PostgresBinaries binaries, Path folder, List<String> prefix) {
    this.binaries = binaries;
    this.folder = folder;
    this.prefix = prefix;
  }

  /**
   * @param folder where they run, and what they may write into
   * @throws StartFailure if we are root and the system has no user namespaces for us
   */
  static PostgresProgram in(Path folder, PostgresBinaries binaries) throws IOException {
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"));
    var program =
        new PostgresProgram(
            binaries, folder, root ? List.of("unshare", "--user", "--") : List.of());
    if (root && !program.runsAsRoot()) {
      throw new StartFailure(
          "PostgreSQL does not run as root, and this system gives root no user namespace (unshare --user):"
              + " start restic-manager as an ordinary user, or set "
              + StandaloneSettings.DATABASE_URL);
    }
    return program;
  }

  private boolean runsAsRoot() {
    try {
      return run("postgres", "--version").exitCode == 0;
    } catch (IOException e) {
      return false; // no unshare here
    }
  }

  /**
   * What a program did.
   *
   * @param exitCode 0 if it did what it was told
   * @param output what it printed
   */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }

    /** Its last words, for a message of one line. */
    String lastLine() {
      List<String> lines = output.strip().lines().toList();
      return lines.isEmpty() ? "exit code " + exitCode : lines.get(lines.size() - 1).strip();
    }
  }

  /** Runs a program to its end. */
  Outcome run(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(binaries.program(name).toString());
    command.addAll(List.of(arguments));
    // A file and not a pipe: pg_ctl leaves a server behind that would keep the pipe open.
    Path output = Files.createTempFile(folder, "output", ".txt");
    try {
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      String path = System.getenv("PATH");
      builder.environment().clear();
      builder.environment().put("LC_ALL", "C");
      if (path != null) {
        builder.environment().put("PATH", path);
      }
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(name + " did not end within " + TIMEOUT_SECONDS + " s");
      }
      return new Outcome(process.exitValue(), Files.readString(output));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + name, e);
    } finally {
      Files.delete(output);
    }
  }
}
