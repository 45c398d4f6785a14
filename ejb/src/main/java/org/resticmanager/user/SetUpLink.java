package org.resticmanager.user;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.resticmanager.platform.ControlPlaneSettings;
import org.resticmanager.platform.SchemaMigration;

/**
 * Tells the owner of the machine how to make the first administrator: a link on the console, and
 * the token in a file for scripts. The token stands behind the {@code #}, so that no browser sends
 * it in a URL.
 */
@Singleton
@Startup
@DependsOn(SchemaMigration.NAME)
public class SetUpLink {

  /** The standalone server shows what is logged here on its console and keeps it out of its log. */
  private static final System.Logger CONSOLE = System.getLogger("org.resticmanager.console");

  private static final String FILE_NAME = "set-up-token";

  @Inject private Users users;
  @Inject private ControlPlaneSettings settings;

  @PostConstruct
  void announce() {
    Path file = settings.dataDir().resolve(FILE_NAME);
    try {
      Optional<String> before = read(file);
      Files.deleteIfExists(file);
      if (users.setUpNeeded()) {
        String token = users.newSetUpToken(before).text();
        writeForOwner(file, token);
        CONSOLE.log(
            System.Logger.Level.INFO,
            "no administrator exists yet; make one at {0}/set-up.xhtml#token={1}",
            settings.url(),
            token);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the set-up token " + file, e);
    }
  }

  private static Optional<String> read(Path file) throws IOException {
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  private static void writeForOwner(Path file, String token) throws IOException {
    Files.createDirectories(file.getParent());
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, token + "\n", StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
