package org.resticmanager.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.resticmanager.bench.figure.Growth;

/**
 * Many small files of random bytes, which neither compress nor repeat. A quarter of them is in a
 * folder of its own, and a quarter of these again.
 */
final class SourceFiles {

  static final int COUNT = Integer.getInteger("bench.files", 50_000);

  private static final int PER_FOLDER = 250;
  private static final int LARGEST_BYTES = 40_000;
  private static final String QUARTER = "quarter";

  private SourceFiles() {}

  /** Makes them; returns how many bytes they hold. */
  static long make(Path folder) throws IOException {
    Random random = new Random(1);
    long bytes = 0;
    for (int i = 0; i < COUNT; i++) {
      Path parent = part(folder, times(i)).resolve("folder-" + i / PER_FOLDER);
      Files.createDirectories(parent);
      byte[] content = new byte[random.nextInt(LARGEST_BYTES)];
      random.nextBytes(content);
      Files.write(parent.resolve("file-" + i), content);
      bytes += content.length;
    }
    return bytes;
  }

  private static int times(int file) {
    if (file < COUNT / Growth.MOST) {
      return 1;
    }
    return file < COUNT / 4 ? 4 : Growth.MOST;
  }

  /** Where a sixteenth of them is, or four of these, or all. */
  static Path part(Path folder, int times) {
    return times == Growth.MOST ? folder : part(folder, times * 4).resolve(QUARTER);
  }
}
