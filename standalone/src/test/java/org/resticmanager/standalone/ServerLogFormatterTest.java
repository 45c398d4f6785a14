package org.resticmanager.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** Where a line begins at its first column, somebody has logged something. */
class ServerLogFormatterTest {

  private static final String FORGED = "2026-05-04T12:00:00.000+0000 SEVERE all is lost";

  private final ServerLogFormatter formatter = new ServerLogFormatter();

  @Test
  void textOfOthersBeginsNoLine() {
    assertThat(
            logged(
                "x\r\n" + FORGED + "\n" + FORGED + "\r" + FORGED + "\u0085" + FORGED + "\u2028y"))
        .endsWith(
            "\tWARNING: refused: x",
            "\t" + FORGED,
            "\t" + FORGED + "␍" + FORGED + "\uFFFD" + FORGED + "\uFFFDy");
  }

  @Test
  void noTerminalObeysIt() {
    assertThat(logged("\u001B[2J\u0007\u007F\u009B31m"))
        .last()
        .asString()
        .endsWith("refused: ␛[2J␇␡\uFFFD31m");
  }

  @Test
  void failureHasItsStackBelowItsLine() {
    LogRecord entry = entry("it failed");
    entry.setThrown(new IllegalStateException("no more\n" + FORGED));

    assertThat(lines(entry))
        .filteredOn(line -> !line.startsWith("\t"))
        .as("the one line of the record")
        .hasSize(1);
    assertThat(lines(entry))
        .contains("\t" + FORGED)
        .anySatisfy(line -> assertThat(line).startsWith("\tat "));
  }

  private List<String> logged(String theirs) {
    return lines(entry("refused: " + theirs));
  }

  private static LogRecord entry(String message) {
    LogRecord entry = new LogRecord(Level.WARNING, message);
    entry.setLoggerName("org.example");
    return entry;
  }

  private List<String> lines(LogRecord entry) {
    String text = formatter.format(entry);
    assertThat(text).endsWith(System.lineSeparator());
    return text.lines().toList();
  }
}
