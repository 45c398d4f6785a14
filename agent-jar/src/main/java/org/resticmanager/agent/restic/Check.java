package org.resticmanager.agent.restic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code restic check}: whether the repository is whole. */
public final class Check {

  private final TextCommand text;

  public Check(Restic restic) {
    this.text = new TextCommand(restic);
  }

  /**
   * Runs it; all that restic says goes to the output.
   *
   * @param subset which part of the data to read too, in restic's words; empty for none
   */
  public Ended run(String subset, ResticOutput output) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("check"));
    if (!subset.isEmpty()) {
      arguments.add("--read-data-subset=" + subset);
    }
    return text.run("check", arguments, output, line -> {});
  }

  /** Whether it looked, and what it found is not as it should be. */
  public static boolean foundDamage(Ended ended) {
    return ended.cutShort().isEmpty()
        && !ended.ok()
        && ended.complaints().everything().contains("repository contains errors");
  }
}
