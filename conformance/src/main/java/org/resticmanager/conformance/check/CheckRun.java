package org.resticmanager.conformance.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs checks one after the other, in the order given. */
public final class CheckRun {

  private final Selection selection;
  private final Consumer<Result> listener;

  /**
   * @param listener hears of each result as soon as it is there
   */
  public CheckRun(Selection selection, Consumer<Result> listener) {
    this.selection = selection;
    this.listener = listener;
  }

  /** All results, those of checks that were left out for their slowness too. */
  public List<Result> of(List<Check> checks) throws InterruptedException {
    List<Result> results = new ArrayList<>();
    for (Check check : selection.of(checks)) {
      Result result =
          selection.leavesOut(check)
              ? new Result(
                  check, Result.Verdict.NOT_CHECKED, "", "slow: ask with --slow", Duration.ZERO)
              : Result.of(check);
      listener.accept(result);
      results.add(result);
    }
    return results;
  }
}
