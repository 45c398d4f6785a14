package org.resticmanager.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After a test that failed: the last lines of what servers, agents and restic have printed. */
final class FailureReport implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

  private static final int LINES = 40;

  /** The ends of the logs that were deleted since the test began, with the files' names. */
  private static final Map<Path, List<String>> REMEMBERED = new ConcurrentSkipListMap<>();

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    REMEMBERED.clear();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      print();
    }
  }

  /** Keeps the end of a log that is about to be deleted. */
  static void remember(Path log) {
    if (Files.isReadable(log) && !Files.isSymbolicLink(log)) {
      // of a stack only the words: where a server's filters call each other helps nobody
      List<String> lines =
          Program.read(log).lines().filter(line -> !line.startsWith("\tat ")).toList();
      REMEMBERED.put(log, lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
  }

  /** Prints what is remembered and what is there. */
  static void print() {
    Scratch.allLogs().forEach(FailureReport::remember);
    REMEMBERED.forEach(
        (log, lines) -> {
          System.out.printf("---- the end of %s ----%n", log);
          lines.forEach(System.out::println);
        });
    System.out.println("----");
  }
}
