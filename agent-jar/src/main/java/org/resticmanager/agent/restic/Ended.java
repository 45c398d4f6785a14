package org.resticmanager.agent.restic;

import java.util.Optional;

/**
 * How a restic ended.
 *
 * @param exitCode restic's own; -1 if it did not end by itself
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
