package org.resticmanager.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Many small files of random bytes, which neither compress nor repeat. */
final class SourceFiles {

  static final int COUNT = Integer.getInteger("bench.files", 50_000);

  private static final int PER_FOLDER = 250;
  private static final int LARGEST_BYTES = 40_000;

  private SourceFiles() {}

  /** Makes them; returns how many bytes they hold. */
  static long make(Path folder) throws IOException {
    Random random = new Random(1);
    long bytes = 0;
    for (int i = 0; i < COUNT; i++) {
      Path parent = folder.resolve("folder-" + i / PER_FOLDER);
      if (i % PER_FOLDER == 0) {
        Files.createDirectories(parent);
      }
      byte[] content = new byte[random.nextInt(LARGEST_BYTES)];
      random.nextBytes(content);
      Files.write(parent.resolve("file-" + i), content);
      bytes += content.length;
    }
    return bytes;
  }
}
