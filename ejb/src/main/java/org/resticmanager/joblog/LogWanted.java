package org.resticmanager.joblog;

import java.util.Objects;

/**
 * Which lines of a log somebody looks for.
 *
 * @param words what they hold, whatever the case; empty if that does not matter
 * @param problemsOnly only those in which restic complains
 */
public record LogWanted(String words, boolean problemsOnly) {

  public LogWanted {
    words = Objects.requireNonNull(words).strip();
  }

  /** Whether every line will do. */
  public boolean anything() {
    return words.isEmpty() && !problemsOnly;
  }
}
