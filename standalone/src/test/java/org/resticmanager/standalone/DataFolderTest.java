package org.resticmanager.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path temporary;

  @Test
  void isCreatedForItsOwnerOnly() throws IOException {
    try (DataFolder folder = DataFolder.open(temporary.resolve("a/data"))) {
      assertThat(folder.path()).isDirectory();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aSecondProcessIsRefusedUntilTheFirstEnds() throws Exception {
    Process holder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                temporary.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.getInputStream().read()).as("it holds the folder").isEqualTo('h');
      assertThatExceptionOfType(StartFailure.class)
          .isThrownBy(() -> DataFolder.open(temporary))
          .withMessageStartingWith(
              "restic-manager.data-dir: another restic-manager (process %d) runs on", holder.pid());
    } finally {
      holder.destroyForcibly();
    }
    assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
    DataFolder.open(temporary).close();
  }

  @Test
  void aFolderThatCannotBeIsRefusedByNameAndReason() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));

    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> DataFolder.open(file.resolve("data")))
        .withMessageStartingWith("restic-manager.data-dir: cannot write to the folder " + file);
  }

  /** Another process that holds a data folder until it is killed. */
  static final class Holder {
    private Holder() {}

    @SuppressWarnings("unused") // held, not used
    private static DataFolder folder;

    public static void main(String[] arguments) throws InterruptedException {
      folder = DataFolder.open(Path.of(arguments[0]));
      System.out.print('h');
      System.out.flush();
      Thread.sleep(TimeUnit.MINUTES.toMillis(5));
    }
  }
}
