package org.resticmanager.bench.figure;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints figures so that they can be taken over into a page (Markdown). */
public final class Table {

  private final List<String> rows = new ArrayList<>();

  /** Begins one with these columns; all but the first hold figures. */
  public Table(String... columns) {
    rows.add("| " + String.join(" | ", columns) + " |");
    rows.add("|---|" + "--:|".repeat(columns.length - 1));
  }

  /**
   * Adds a row.
   *
   * @param format of the other cells, divided by {@code |}
   */
  public void row(String name, String format, Object... figures) {
    rows.add("| " + name + " | " + String.format(Locale.ROOT, format, figures) + " |");
  }

  /** Prints all rows. */
  public void print(PrintStream out) {
    out.println();
    out.print(text());
    out.println();
  }

  /** All rows, each with its end of line. */
  String text() {
    return String.join("\n", rows) + "\n";
  }
}
