package org.resticmanager.agent.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A shell script that behaves like restic, except for the backup, which a test decides about. */
final class FakeRestic {

  /** What a backup that went well says. */
  static final String SUMMARY =
      "echo '{\"message_type\":\"summary\",\"snapshot_id\":\"0011223344\"}'";

  /**
   * A shell cannot trap a signal that was ignored when it began, as SIGINT is for what a script
   * starts in the background; restic, written in Go, can.
   */
  private static final String RESTIC_LIKE = "#!/usr/bin/env -S --default-signal=INT /bin/sh";

  private FakeRestic() {}

  /**
   * Writes it.
   *
   * @param backup shell commands
   */
  static Path in(Path folder, String backup) throws IOException {
    return in(folder, backup, "echo '[]'");
  }

  /**
   * Writes it.
   *
   * @param backup shell commands
   * @param snapshots likewise
   */
  static Path in(Path folder, String backup, String snapshots) throws IOException {
    Path fake = folder.resolve("fake-restic");
    Files.writeString(
        fake,
        RESTIC_LIKE
            + "\ncase \"$1\" in\n"
            + "version) echo 'restic 0.18.0 compiled with go1.24 on linux/amd64';;\n"
            + "snapshots) "
            + snapshots
            + ";;\n"
            + "unlock) echo unlocked;;\n"
            + "stats) echo '{\"total_size\":5}';;\n"
            + "cat) echo 'Load(<config/0>) returned error, retrying after 1s: refused' >&2\n"
            + "echo 'Fatal: wrong password or no key found' >&2; exit 12;;\n"
            + "backup)\n"
            + backup
            + "\n;;\nesac\n",
        StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwx------"));
    return fake;
  }
}
