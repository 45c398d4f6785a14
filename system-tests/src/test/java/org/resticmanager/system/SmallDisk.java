package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** A disk of a few mebibytes, mounted on a folder; needs the right to mount. */
final class SmallDisk implements AutoCloseable {

  private static final int BLOCK_BYTES = 4096;

  private final Path folder;
  private final Path filler;

  SmallDisk(Path folder, int mebibytes) {
    this.folder = folder;
    filler = folder.resolve("filler");
    Program.Ended mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
    assertThat(mounted.exitCode())
        .as("this test needs the right to mount a small disk, be root for it: %s", mounted.output())
        .isZero();
    TestUser.give(folder);
  }

  /** Somebody else takes all the room that there is, once more if some has become free. */
  void fill() {
    try (OutputStream out =
        Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(new byte[BLOCK_BYTES]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  /** There is room again. */
  void free() {
    try {
      Files.delete(filler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Program.Ended run(String... command) {
    return Program.run(folder.resolveSibling("disk.log"), Map.of(), List.of(command));
  }

  /** Also while somebody works on it. */
  @Override
  public void close() {
    run("umount", "--lazy", folder.toString());
  }
}
