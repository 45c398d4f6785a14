package org.resticmanager.conformance.check;

import java.util.List;

/**
 * Which checks to run.
 *
 * @param only ids, beginnings of ids that end in {@code *}, or sections; empty for all
 * @param slow whether slow checks are run too; one that {@code only} names by its id is run anyway
 */
public record Selection(List<String> only, boolean slow) {

  public Selection {
    only = List.copyOf(only);
  }

  /** The checks that are meant, in their order. */
  public List<Check> of(List<Check> checks) {
    return checks.stream().filter(this::includes).toList();
  }

  /** Whether it is left out for its slowness alone. */
  public boolean leavesOut(Check check) {
    return check.slow() && !slow && !only.contains(check.id());
  }

  private boolean includes(Check check) {
    return only.isEmpty() || only.stream().anyMatch(word -> names(word, check));
  }

  private static boolean names(String word, Check check) {
    if (word.endsWith("*")) {
      return check.id().startsWith(word.substring(0, word.length() - 1));
    }
    return word.equals(check.id())
        || word.equals(check.section())
        || check.section().startsWith(word + " ");
  }
}
