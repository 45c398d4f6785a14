package org.resticmanager.agent.restic;

import java.util.Optional;

/**
 * How a restic ended.
 *
 * @param exitCode restic's own; -1 if it was ended by us
 * @param complaints what it said on stderr
 * @param endedByUs why we ended it; empty if it ended by itself
 */
public record Ended(int exitCode, Complaints complaints, Optional<String> endedByUs) {

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
    return endedByUs.orElseGet(() -> trouble().inWords(complaints));
  }
}
