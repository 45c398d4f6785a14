package org.resticmanager.agent.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.resticmanager.agent.config.PrivateFile;

/**
 * When restic was asked for a repository's size last. For the answer restic reads all trees of all
 * snapshots, which takes long in a large repository and changes little with one more backup.
 */
final class SizeAsked {

  private static final Duration OFTEN_ENOUGH = Duration.ofDays(1);
  private static final int NAME_BYTES = 16;

  private final Path file;
  private final Clock clock;

  /**
   * @param folder where to remember it; what is lost there is asked again
   * @param url the repository's; only a hash of it is kept, because it may carry a password
   */
  SizeAsked(Path folder, String url, Clock clock) {
    this.file = folder.resolve("size-asked-" + hash(url));
    this.clock = clock;
  }

  private static String hash(String url) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Whether it was asked within the last day. */
  boolean lately() {
    try {
      Instant asked = Files.getLastModifiedTime(file).toInstant();
      return Duration.between(asked, clock.instant()).abs().compareTo(OFTEN_ENOUGH) < 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** It was asked and answered now. */
  void now() throws IOException {
    PrivateFile.createEmpty(file);
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
  }

  /** The repository is another one now. */
  void forget() throws IOException {
    Files.deleteIfExists(file);
  }
}
