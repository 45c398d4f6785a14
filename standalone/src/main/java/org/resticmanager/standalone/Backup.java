package org.resticmanager.standalone;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes all that a control plane with the embedded database keeps into one file, while it runs or
 * not: the secret key, and the database as PostgreSQL's own online backup has it.
 *
 * <p>What is committed when it begins is in it, and all of what was committed until some moment
 * before its end. {@link Restoration} makes a data folder of it.
 */
final class Backup {

  /** Made anew at each start, or of no use elsewhere. */
  private static final Set<String> LEFT_OUT = Set.of("lock", "log", "runtime", "postgresql");

  /** PostgreSQL's manual, section "Making a Base Backup Using the Low Level API". */
  private static final Set<String> ONLY_THE_FOLDER =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Set<String> OF_THE_PROCESS =
      Set.of("postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map");

  private static final Pattern WAL = Pattern.compile("[0-9A-F]{24}|[0-9A-F]{8}\\.history");
  private static final int OWNER_ONLY_FILE = 0600;
  private static final int OWNER_ONLY_FOLDER = 0700;

  private final Path folder;
  private final String major;
  private final TarArchiveOutputStream tar;

  private Backup(Path folder, String major, TarArchiveOutputStream tar) {
    this.folder = folder;
    this.major = major;
    this.tar = tar;
  }

  /**
   * Writes it.
   *
   * @param folder the data folder
   * @param database the database in it, which runs
   * @param file must not be there; readable by its owner only
   * @throws StartFailure if it cannot be written
   */
  static void write(Path folder, DatabaseAccess database, Path file) {
    if (Files.exists(file)) {
      throw new StartFailure(file + " is there already");
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      Files.deleteIfExists(unfinished);
      Files.createFile(unfinished, DataFolder.OWNER_ONLY_FILE);
      try (OutputStream out = Files.newOutputStream(unfinished);
          var tar =
              new TarArchiveOutputStream(
                  new GZIPOutputStream(new BufferedOutputStream(out)),
                  StandardCharsets.UTF_8.name());
          Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        new Backup(folder, major(statement), tar).write(statement);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UncheckedIOException | SQLException e) {
      throw new StartFailure("the backup was not written: " + Reasons.rootOf(e), e);
    }
  }

  private static String major(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("show server_version_num")) {
      row.next();
      return Integer.toString(row.getInt(1) / 10_000);
    }
  }

  private void write(Statement statement) throws IOException, SQLException {
    // a temporary slot goes with the connection, and until then no log that is needed goes
    statement.execute(
        "select pg_create_physical_replication_slot('restic_manager_backup_' || pg_backend_pid(),"
            + " true, true)");
    statement.execute("select pg_backup_start('restic-manager', true)");
    try (Stream<Path> kept = Files.list(folder)) {
      for (Path path : kept.sorted().toList()) {
        if (!LEFT_OUT.contains(path.getFileName().toString())) {
          addTree(path);
        }
      }
    }
    Path postgresql = folder.resolve("postgresql");
    addFolder(postgresql);
    addFile(postgresql.resolve("password"));
    Path data = postgresql.resolve(major);
    addData(data);
    try (ResultSet end = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
      end.next();
      add(name(data.resolve("backup_label")), end.getString(1).getBytes(StandardCharsets.UTF_8));
    }
    for (Path log : list(data.resolve("pg_wal"))) {
      if (WAL.matcher(log.getFileName().toString()).matches()) {
        addFile(log);
      }
    }
  }

  private void addData(Path data) throws IOException {
    addFolder(data);
    for (Path path : list(data)) {
      String name = path.getFileName().toString();
      if (ONLY_THE_FOLDER.contains(name)) {
        addFolder(path);
        if (name.equals("pg_wal")) {
          addFolder(path.resolve("archive_status"));
          addFolder(path.resolve("summaries"));
        }
      } else if (!OF_THE_PROCESS.contains(name)) {
        addTree(path);
      }
    }
  }

  private void addTree(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      addFolder(path);
      for (Path child : list(path)) {
        if (!child.getFileName().toString().startsWith("pgsql_tmp")) {
          addTree(child);
        }
      }
    } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      addFile(path);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of(); // dropped meanwhile
    }
  }

  private void addFolder(Path path) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name(path) + "/");
    entry.setMode(OWNER_ONLY_FOLDER);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  /** With the length that it has now: what is added or lacking later is in the database's log. */
  private void addFile(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      long size = Files.size(path);
      begin(name(path), size);
      byte[] buffer = new byte[65_536];
      long left = size;
      while (left > 0) {
        int length = (int) Math.min(buffer.length, left);
        int read = in.readNBytes(buffer, 0, length);
        Arrays.fill(buffer, read, length, (byte) 0);
        tar.write(buffer, 0, length);
        left -= length;
      }
      tar.closeArchiveEntry();
    } catch (NoSuchFileException e) {
      // a table that was dropped meanwhile
    }
  }

  private void add(String name, byte[] content) throws IOException {
    begin(name, content.length);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private void begin(String name, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(OWNER_ONLY_FILE);
    entry.setSize(size);
    tar.putArchiveEntry(entry);
  }

  private String name(Path path) {
    return folder.relativize(path).toString();
  }
}
