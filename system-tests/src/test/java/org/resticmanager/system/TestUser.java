package org.resticmanager.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A user whom file rights hold back. Rights hold nobody back who is root, so root runs such an
 * agent as <i>nobody</i>; anybody else is such a user already.
 */
final class TestUser {

  private static final int NOBODY = 65_534;

  /** Whether whoever runs the tests is root. */
  static final boolean ROOT = uid(Path.of("/proc/self")) == 0;

  private TestUser() {}

  private static int uid(Path file) {
    try {
      return (Integer) Files.getAttribute(file, "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the command run as the user. */
  static List<String> command(List<String> command) {
    if (!ROOT) {
      return command;
    }
    List<String> all =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    all.addAll(command);
    return all;
  }

  /** Makes a file or folder the user's. */
  static Path give(Path file) {
    if (ROOT) {
      try {
        Files.setAttribute(file, "unix:uid", NOBODY);
        Files.setAttribute(file, "unix:gid", NOBODY);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return file;
  }
}
