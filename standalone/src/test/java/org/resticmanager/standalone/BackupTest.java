package org.resticmanager.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real PostgreSQL. */
class BackupTest {
  private static final int ROWS = 20_000;

  @TempDir private Path temporary;

  @Test
  void whatWasCommittedIsThereAgainAlthoughMoreWasWrittenMeanwhile()
      throws IOException, SQLException {
    Path file = temporary.resolve("manager.backup");
    Path here = temporary.resolve("the data");
    AtomicLong committed = new AtomicLong();
    long before;
    try (DataFolder folder = DataFolder.open(here);
        EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
      database.start();
      Files.writeString(here.resolve("secret.key"), "the key");
      execute(database, "create table kept (n bigint primary key, filling text)");
      execute(
          database,
          "insert into kept select -n, repeat('x', 200) from generate_series(1, " + ROWS + ") n");
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(() -> write(database, enough, committed));
      while (committed.get() < 100) {
        Thread.onSpinWait();
      }
      before = committed.get();

      assertThat(DataFolder.isTaken(temporary)).isFalse();
      Backup.write(here, EmbeddedDatabase.running(here), file);

      enough.set(true);
      writer.join();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    Path there = temporary.resolve("elsewhere");
    Restoration.make(there, file);

    assertThat(there.resolve("secret.key")).hasContent("the key");
    try (DataFolder folder = DataFolder.open(there);
        EmbeddedDatabase database = EmbeddedDatabase.in(folder)) {
      database.start();
      assertThat(number(database, "select count(*) from kept where n < 0")).isEqualTo(ROWS);
      long last = number(database, "select max(n) from kept");
      assertThat(last).isBetween(before, committed.get());
      assertThat(number(database, "select count(*) from kept where n > 0"))
          .as("none in between is missing")
          .isEqualTo(last);
      execute(database, "insert into kept values (" + (last + 1) + ", 'goes on')");
    }
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path file = Files.writeString(temporary.resolve("there"), "x");
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(
            () -> Backup.write(temporary, new DatabaseAccess("jdbc:postgresql:x", "x", ""), file))
        .withMessageContaining("is there already");
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> Restoration.make(temporary, file))
        .withMessageContaining("is not empty");
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> Restoration.make(temporary.resolve("new"), file));
    assertThat(temporary.resolve("new")).doesNotExist();
  }

  private static void write(EmbeddedDatabase database, AtomicBoolean enough, AtomicLong committed) {
    try (Connection connection = database.superuser().connect();
        Statement statement = connection.createStatement()) {
      for (long n = 1; !enough.get(); n++) {
        statement.execute("insert into kept values (" + n + ", repeat('y', 200))");
        committed.set(n);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = database.superuser().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = database.superuser().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
