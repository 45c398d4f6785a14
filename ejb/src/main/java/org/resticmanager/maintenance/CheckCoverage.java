package org.resticmanager.maintenance;

import java.time.Instant;
import java.util.Optional;

/**
 * How much of a repository's data checks have read, as the data is cut into parts now.
 *
 * @param parts into how many; 0 if checks read no data
 * @param read how many of them a check that succeeded has read
 * @param since when the one was read that was read longest ago; empty if none was
 */
public record CheckCoverage(int parts, int read, Optional<Instant> since) {

  /** Of checks that read no data. */
  static final CheckCoverage NONE = new CheckCoverage(0, 0, Optional.empty());

  /** From 0 to 100, never 100 while a part is missing. */
  public int percent() {
    return parts == 0 ? 0 : read * 100 / parts;
  }

  /** Whether no part is missing. */
  public boolean whole() {
    return parts > 0 && read == parts;
  }
}
