package org.resticmanager.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever looks for an action finds its name: in the documentation, and on the page. */
class AuditActionsTest {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path DOCUMENTATION = Path.of("../docs/audit.md");
  private static final Pattern RECORDS =
      Pattern.compile("audit\\s*\\.(?:changed|done|doneBy|refused)\\(|new SecretKeyChange\\(");
  private static final Pattern ACTION = Pattern.compile("\"([a-z]+(?:-[a-z]+)*\\.[a-z-]*)\"");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.*?) \\|");
  private static final Pattern DOCUMENTED = Pattern.compile("`([a-z.-]+)`");

  @Test
  void listIsWhatTheSourcesRecord() throws IOException {
    assertThat(AuditActions.ALL).isSorted().containsExactlyInAnyOrderElementsOf(recorded());
  }

  @Test
  void listInTheDocumentationIsWhatThereIs() throws IOException {
    Set<String> documented =
        all(ROW, Files.readString(DOCUMENTATION)).stream()
            .flatMap(row -> all(DOCUMENTED, row).stream())
            .collect(Collectors.toSet());

    assertThat(documented).containsExactlyInAnyOrderElementsOf(AuditActions.ALL);
  }

  private static Set<String> recorded() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .map(AuditActionsTest::read)
          .filter(source -> RECORDS.matcher(source).find())
          .forEach(source -> found.addAll(all(ACTION, source)));
    }
    assertThat(found.remove("announcement.")).as("what is decided is part of the name").isTrue();
    found.add("announcement.accepted");
    found.add("announcement.rejected");
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
