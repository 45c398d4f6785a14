package org.resticmanager.agent.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.resticmanager.agent.config.PrivateFile;

/**
 * The jobs that were confirmed lately, so that a late repeat of their command is not run again. The
 * oldest are forgotten.
 */
final class FinishedJobs {

  private static final int REMEMBERED = 1000;

  private final Path file;
  private final Set<String> ids = new LinkedHashSet<>();

  FinishedJobs(Path file) throws IOException {
    this.file = file;
    try {
      ids.addAll(Files.readAllLines(file, StandardCharsets.US_ASCII));
    } catch (NoSuchFileException e) {
      return;
    }
  }

  synchronized boolean contains(JobId id) {
    return ids.contains(id.value());
  }

  /** When this returns, the id is on the disk. */
  synchronized void add(JobId id) throws IOException {
    ids.add(id.value());
    var oldest = ids.iterator();
    for (int surplus = ids.size() - REMEMBERED; surplus > 0; surplus--) {
      oldest.next();
      oldest.remove();
    }
    PrivateFile.write(file, (String.join("\n", ids) + "\n").getBytes(StandardCharsets.US_ASCII));
  }
}
