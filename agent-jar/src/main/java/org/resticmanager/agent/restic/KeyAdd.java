package org.resticmanager.agent.restic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.resticmanager.agent.config.PrivateFile;

/** {@code restic key add}: makes that another password opens the repository too. */
public final class KeyAdd {

  private static final String FILE = "new-password";

  private final Restic restic;

  public KeyAdd(Restic restic) {
    this.restic = restic;
  }

  /**
   * Runs it; all that restic says goes to the output.
   *
   * @param password reaches restic by a file that only we may read, and that is gone afterwards
   */
  public Ended run(String password, ResticOutput output) throws IOException {
    Path file = restic.folder().resolve(FILE);
    boolean needed = false;
    try {
      PrivateFile.write(file, password.getBytes(StandardCharsets.UTF_8));
      return restic.run(
          "key-add",
          List.of("key", "add", "--new-password-file", FILE),
          output::stdout,
          output::complaint);
    } catch (LeftRunning e) {
      // it may not have read it yet; the next agent takes the file away
      needed = true;
      throw e;
    } finally {
      if (!needed) {
        Files.deleteIfExists(file);
      }
    }
  }
}
