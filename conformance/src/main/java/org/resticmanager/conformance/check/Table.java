package org.resticmanager.conformance.check;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Tells results to people: a row per check as it ends, and a sum at the end. */
public final class Table {

  private static final String ROW = "%-12s %-9s %-30s %s%n";
  private static final String INDENT = " ".repeat(23);

  private final PrintWriter out;

  public Table(PrintWriter out) {
    this.out = out;
  }

  /** The line above all rows. */
  public void head() {
    out.printf(ROW, "RESULT", "SECTION", "CHECK", "WHAT");
    out.flush();
  }

  /** A row; below it what was expected and what came, or why it was not checked. */
  public void row(Result result) {
    Check check = result.check();
    out.printf(ROW, result.verdict().words(), check.section(), check.id(), check.words());
    switch (result.verdict()) {
      case BROKEN -> {
        out.println(INDENT + "expected: " + Printable.of(result.expected()));
        out.println(INDENT + "came:     " + Printable.of(result.detail()));
      }
      case NOT_CHECKED -> out.println(INDENT + "because:  " + Printable.of(result.detail()));
      case HELD -> {}
    }
    out.flush();
  }

  /** A check that is not run now. */
  public void listed(Check check) {
    out.printf(ROW, check.slow() ? "slow" : "", check.section(), check.id(), check.words());
  }

  /** The line below all rows. */
  public void sum(List<Result> results) {
    Map<Result.Verdict, Integer> counts = new EnumMap<>(Result.Verdict.class);
    results.forEach(result -> counts.merge(result.verdict(), 1, Integer::sum));
    out.printf(
        "%n%d held, %d broken, %d not checked%n",
        counts.getOrDefault(Result.Verdict.HELD, 0),
        counts.getOrDefault(Result.Verdict.BROKEN, 0),
        counts.getOrDefault(Result.Verdict.NOT_CHECKED, 0));
    out.flush();
  }
}
