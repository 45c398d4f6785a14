package org.resticmanager.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.resticmanager.agent.config.DataFolder;
import org.resticmanager.agent.config.SpoolSettings;

/**
 * How much of its room the spool takes, as somebody sees it who only looks.
 *
 * @param usedBytes what the lines of all jobs take
 * @param maxBytes what they may take
 * @param freeBytes what is left on the disk
 */
public record SpoolUse(long usedBytes, long maxBytes, long freeBytes) {

  private static final double MEBI = 1024.0 * 1024;

  private static final long LONGEST_LINE = 64L * 1024;

  /** Below this the disk counts as full: the reserve of the spool would not fit. */
  private static final long TOO_LITTLE = 1024L * 1024;

  /** Looks; changes nothing. */
  public static SpoolUse of(DataFolder data, SpoolSettings settings) throws IOException {
    long used = 0;
    try (Stream<Path> files = Files.walk(data.jobs(), 2)) {
      for (Path file : files.filter(LogSegments::isOne).toList()) {
        try {
          used += Files.size(file);
        } catch (NoSuchFileException e) {
          // confirmed and deleted while we looked
          continue;
        }
      }
    } catch (NoSuchFileException e) {
      used = 0;
    }
    long free =
        Files.exists(data.root()) ? Files.getFileStore(data.root()).getUsableSpace() : TOO_LITTLE;
    return new SpoolUse(used, settings.maxBytes(), free);
  }

  /** For a person, on one line. */
  public String inWords() {
    String words =
        String.format(Locale.ROOT, "%.1f of %.0f MiB", usedBytes / MEBI, maxBytes / MEBI);
    if (freeBytes < TOO_LITTLE) {
      return words + "; THE DISK IS FULL: lines of job logs are not kept, new jobs are refused";
    }
    return usedBytes + LONGEST_LINE > SpoolRoom.forLines(maxBytes)
        ? words + "; IT IS FULL: lines of job logs are not kept until the control plane takes them"
        : words;
  }
}
