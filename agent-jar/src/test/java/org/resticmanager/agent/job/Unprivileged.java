package org.resticmanager.agent.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A restic to which files' rights apply. Where the tests run as root, who may read everything, it
 * is run as nobody.
 */
final class Unprivileged {

  private Unprivileged() {}

  static Path of(Path restic, Path folder) throws IOException {
    if (!System.getProperty("user.name").equals("root")) {
      return restic;
    }
    Path cache = Files.createDirectory(folder.resolve("nobody"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path wrapper = folder.resolve("restic-as-nobody");
    Files.writeString(
        wrapper,
        "#!/bin/sh\nRESTIC_CACHE_DIR='"
            + cache
            + "' HOME='"
            + cache
            + "' exec setpriv --reuid nobody --regid nogroup --clear-groups '"
            + restic
            + "' \"$@\"\n");
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
    return wrapper;
  }
}
