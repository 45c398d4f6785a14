package org.resticmanager.agent.restic;

import java.util.Optional;

/**
 * How a restic ended.
 *
 * @param exitCode what it ended with, with one meaning whatever restic's version: 3 not all could
 *     be read, 10 no repository, 11 locked, 12 wrong password, 130 interrupted; -1 if it died, or
 *     was given up
 * @param complaints what it said on stderr
 * @param cutShort why it did not end by itself: we ended it, or it died; empty if it did
 */
public record Ended(int exitCode, Complaints complaints, Optional<String> cutShort) {

  /** Whether restic says that all went well. */
  public boolean ok() {
    return exitCode == 0;
  }

  /** What was the matter, if it did not go well. */
  public Trouble trouble() {
    return Trouble.of(exitCode, complaints);
  }

  /** Why it did not go well, in one line for a person. */
  public String reason() {
    return cutShort.orElseGet(() -> trouble().inWords(complaints));
  }
}
