package org.resticmanager.source;

import java.util.List;

/** Plans of source groups as tests need them. */
public final class Plans {

  private Plans() {}

  /** Covers this, and is otherwise as plain as can be. */
  public static SourceGroupPlan of(String include, Retention retention) {
    return new SourceGroupPlan(
        Paths.of(List.of(include), List.of()), retention, RetryRule.DEFAULT, Hooks.NONE, 0);
  }

  /** So many of the newest snapshots are kept. */
  public static Retention newest(int kept) {
    return new Retention(kept, 0, 0, 0, 0, 0, "", List.of());
  }
}
