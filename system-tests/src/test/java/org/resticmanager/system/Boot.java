package org.resticmanager.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Another start of this machine, as far as a process can tell: in a mount namespace of its own the
 * kernel's files name another boot. Needs the right to make one, which everybody has where user
 * namespaces are allowed.
 */
final class Boot {

  private static final String SCRIPT =
      "mount --bind \"$1\" /proc/sys/kernel/random/boot_id && mount --bind \"$2\" /proc/stat"
          + " && shift 2 && exec \"$@\"";

  private final Path id;
  private final Path stat;

  /**
   * The machine was started just now.
   *
   * @param folder keeps the files; readable by whoever is to see them
   */
  Boot(Path folder) {
    try {
      id = Files.writeString(folder.resolve("boot_id"), UUID.randomUUID() + "\n");
      stat =
          Files.writeString(
              folder.resolve("stat"),
              Program.read(Path.of("/proc/stat"))
                  .replaceFirst("btime [0-9]+", "btime " + Instant.now().getEpochSecond()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Program.Ended tried =
        Program.run(
            folder.resolve("boot.log"),
            Map.of(),
            command(List.of("cat", "/proc/sys/kernel/random/boot_id")));
    assertThat(tried.output().strip())
        .as("the boot in a mount namespace, which this machine must allow (unshare --mount)")
        .isEqualTo(Program.read(id).strip());
  }

  /** Makes a command run after this start. */
  List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(List.of("unshare", "--mount"));
    if (!TestUser.ROOT) {
      all.add("--map-root-user");
    }
    all.addAll(List.of("--", "sh", "-c", SCRIPT, "sh", id.toString(), stat.toString()));
    all.addAll(command);
    return all;
  }
}
