package org.resticmanager.conformance.agent;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.resticmanager.protocol.wire.CommandRun;
import org.resticmanager.protocol.wire.ConfigUpdate;
import org.resticmanager.protocol.wire.JobKind;

/** Where the agent finds files to back up, and its repository. */
public final class Workbench {

  private static final int FILES = 5;
  private static final int FILE_BYTES = 100_000;

  /**
   * Without holes this would not fit anywhere; read as zeros it keeps a restic busy for minutes.
   */
  private static final long ENDLESS_BYTES = 256L * 1024 * 1024 * 1024;

  private static final String TAG = "conformance";

  private final Path folder;
  private final String repository;
  private final String password = "conformance-" + UUID.randomUUID();

  /**
   * @param folder empty; the agent must be able to read it, and to write to it
   */
  public Workbench(Path folder) throws IOException {
    this.folder = folder;
    this.repository = folder.resolve("repository").toString();
    Path source = Files.createDirectories(source());
    Random random = new Random(1);
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = new byte[FILE_BYTES];
      random.nextBytes(bytes);
      Files.write(source.resolve("file-" + i), bytes);
    }
    Files.createDirectories(endless());
  }

  Path source() {
    return folder.resolve("source");
  }

  private Path endless() {
    return folder.resolve("endless");
  }

  String password() {
    return password;
  }

  static String newJobId() {
    return UUID.randomUUID().toString();
  }

  ConfigUpdate connection() {
    return connection(password);
  }

  ConfigUpdate connection(String withPassword) {
    return ConfigUpdate.of(ConfigUpdate.SLOT_REPO)
        .repoUrl(repository)
        .repoPassword(withPassword)
        .build();
  }

  CommandRun init() {
    return CommandRun.of(newJobId(), JobKind.INIT).build();
  }

  CommandRun backup() {
    return backupOf(source());
  }

  CommandRun backupOf(Path path) {
    return CommandRun.of(newJobId(), JobKind.BACKUP)
        .includes(List.of(path.toString()))
        .tag(TAG)
        .build();
  }

  /** A backup that does not end before it is cancelled. */
  CommandRun endlessBackup() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(endless().resolve("zeros").toFile(), "rw")) {
      file.setLength(ENDLESS_BYTES);
    }
    return backupOf(endless());
  }

  /** Whether the repository is there, as far as a look at its folder tells. */
  boolean repositoryExists() {
    return Files.exists(folder.resolve("repository").resolve("config"));
  }
}
