package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of the pages and those who ask for them agree, as far as their sources tell. */
class TextsTest {

  private static final Path TEXTS =
      Path.of("src/main/resources/org/resticmanager/web/ui/texts.properties");
  private static final List<Path> SOURCES =
      List.of(Path.of("src/main/webapp"), Path.of("src/main/java/org/resticmanager/web/ui"));

  /** A text that is asked for by its whole key. */
  private static final Pattern ASKED =
      Pattern.compile("text\\['([\\w.-]+)'\\]|\\btext\\((?:locale, )?\"([\\w.-]+)\"[,)]");

  /** What may be a key, or the beginning of keys if it ends in a dot. */
  private static final Pattern QUOTED = Pattern.compile("['\"]([\\w.-]+)['\"]");

  @Test
  void noKeyStandsTwice() throws IOException {
    List<Object> twice = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(TEXTS)) {
      new Properties() {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Object put(Object key, Object text) {
          Object before = super.put(key, text);
          if (before != null) {
            twice.add(key);
          }
          return before;
        }
      }.load(reader);
    }

    assertThat(twice).isEmpty();
  }

  @Test
  void everyTextThatIsAskedForIsThere() throws IOException {
    assertThat(found(ASKED)).hasSizeGreaterThan(300);
    assertThat(keys()).containsAll(found(ASKED));
  }

  @Test
  void everyTextIsAskedForSomewhere() throws IOException {
    Set<String> quoted = found(QUOTED);
    List<String> beginnings = quoted.stream().filter(word -> word.endsWith(".")).toList();

    assertThat(keys())
        .allMatch(
            key -> quoted.contains(key) || beginnings.stream().anyMatch(key::startsWith),
            "is asked for");
  }

  private static Set<String> keys() throws IOException {
    Properties texts = new Properties();
    try (Reader reader = Files.newBufferedReader(TEXTS)) {
      texts.load(reader);
    }
    return texts.stringPropertyNames();
  }

  private static Set<String> found(Pattern pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path folder : SOURCES) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Matcher matcher = pattern.matcher(Files.readString(file));
          while (matcher.find()) {
            Stream.of(matcher.group(1), matcher.groupCount() > 1 ? matcher.group(2) : null)
                .filter(word -> word != null)
                .forEach(found::add);
          }
        }
      }
    }
    return found;
  }
}
