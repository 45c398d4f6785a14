package org.resticmanager.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fills docs/performance.md: between {@code <!-- measured by ci/bench NAME -->} and {@code <!-- end
 * -->} stands what NAME has measured last. What is around them is written by hand.
 */
public final class PerformancePage {

  private static final Pattern PLACE =
      Pattern.compile(
          "(<!-- measured by ci/bench ([a-z-]+) -->\\n).*?(<!-- end -->)", Pattern.DOTALL);

  private final Path results;

  PerformancePage(Path results) {
    this.results = results;
  }

  /**
   * @param arguments the folder with the results, and the page
   */
  public static void main(String[] arguments) throws IOException {
    Path page = Path.of(arguments[1]);
    Files.writeString(
        page, new PerformancePage(Path.of(arguments[0])).filled(Files.readString(page)));
  }

  /** The page with the newest of each; what was never measured stays as it is. */
  String filled(String page) throws IOException {
    StringBuilder filled = new StringBuilder();
    Matcher places = PLACE.matcher(page);
    while (places.find()) {
      MatchResult place = places.toMatchResult();
      Optional<Result> newest = newest(place.group(2));
      places.appendReplacement(
          filled,
          Matcher.quoteReplacement(
              newest
                  .map(result -> place.group(1) + text(result) + place.group(3))
                  .orElse(place.group())));
    }
    return places.appendTail(filled).toString();
  }

  private static String text(Result result) {
    return "\n" + result.table().text() + "\n" + result.circumstances() + ".\n\n";
  }

  private Optional<Result> newest(String bench) throws IOException {
    if (!Files.isDirectory(results)) {
      return Optional.empty(); // nothing was ever measured
    }
    Pattern name = Pattern.compile(Pattern.quote(bench) + "-\\d{4}-\\d\\d-\\d\\d\\.json");
    try (Stream<Path> files = Files.list(results)) {
      Optional<Path> newest =
          files
              .filter(file -> name.matcher(file.getFileName().toString()).matches())
              .max(Comparator.naturalOrder());
      return newest.isEmpty() ? Optional.empty() : Optional.of(Result.read(newest.get()));
    }
  }
}
