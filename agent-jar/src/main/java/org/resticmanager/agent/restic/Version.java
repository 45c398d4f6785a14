package org.resticmanager.agent.restic;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.resticmanager.agent.config.Words;

/**
 * {@code restic version}: finds the restic of this machine and what it is. Remembers the answer
 * until the file changes. Thread-safe.
 */
public final class Version {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Optional<Path> configured;
  private final String searchPath;
  private ResticBinary known;
  private FileTime knownTime;

  /**
   * @param configured the one to run
   * @param searchPath folders to search if none is configured, as in PATH
   */
  public Version(Optional<Path> configured, String searchPath) {
    this.configured = configured;
    this.searchPath = searchPath == null ? "" : searchPath;
  }

  /** Looks for it now, on a thread of its own, so that who asks later need not wait so long. */
  public void lookAhead() {
    Thread ahead =
        new Thread(
            () -> {
              try {
                find();
              } catch (ResticMissing e) {
                // who asks is told
              }
            },
            "restic version");
    ahead.setDaemon(true);
    ahead.start();
  }

  /**
   * The restic to run.
   *
   * @throws ResticMissing if there is none, or if what is there is not restic
   */
  public synchronized ResticBinary find() throws ResticMissing {
    Path path = locate();
    try {
      FileTime time = Files.getLastModifiedTime(path);
      if (known == null || !known.path().equals(path) || !time.equals(knownTime)) {
        known = new ResticBinary(path, ask(path));
        knownTime = time;
      }
      return known;
    } catch (IOException e) {
      throw new ResticMissing(
          path + " cannot be run (" + Words.of(e) + "); install restic there or give another path");
    }
  }

  private Path locate() throws ResticMissing {
    if (configured.isPresent()) {
      Path path = configured.get();
      if (!Files.isRegularFile(path)) {
        throw new ResticMissing(
            "restic was not found at "
                + path
                + "; install it there or enrol with another --restic");
      }
      if (!Files.isExecutable(path)) {
        throw new ResticMissing(path + " may not be executed by this user; check its rights");
      }
      return path;
    }
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(searchPath)
        .filter(folder -> !folder.isBlank())
        .flatMap(Version::candidates)
        .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
        .findFirst()
        .orElseThrow(
            () ->
                new ResticMissing(
                    "restic was not found on PATH ("
                        + searchPath
                        + "); install restic or start the agent with --restic PATH"));
  }

  private static Stream<Path> candidates(String folder) {
    try {
      Path path = Path.of(folder).toAbsolutePath();
      return Stream.of(path.resolve("restic"), path.resolve("restic.exe"));
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }

  private static ResticVersion ask(Path path) throws IOException, ResticMissing {
    String output = ResticProcess.capture(path, "version", LIMIT);
    return ResticVersion.parse(output)
        .orElseThrow(
            () -> new ResticMissing(path + " does not answer as restic does; give another path"));
  }
}
