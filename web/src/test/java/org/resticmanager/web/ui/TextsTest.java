package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The texts of the pages are whole: each that is asked for is there, in every language, with the
 * same places to fill in. As far as the sources tell.
 */
class TextsTest {

  private static final Path TEXTS = Path.of("src/main/resources/org/resticmanager/web/ui");
  private static final Path PAGES = Path.of("src/main/webapp");
  private static final List<Path> SOURCES =
      List.of(PAGES, Path.of("src/main/java/org/resticmanager/web/ui"));

  /** A text that is asked for by its whole key. */
  private static final Pattern ASKED =
      Pattern.compile(
          "text\\['([\\w.-]+)'\\]|\\btext\\((?:locale, )?\"([\\w.-]+)\"[,)]|text\\('([\\w.-]+)'");

  /** What may be a key, or the beginning of keys if it ends in a dot. */
  private static final Pattern QUOTED = Pattern.compile("['\"]([\\w.-]+)['\"]");

  private static final Pattern PLACE = Pattern.compile("\\{(\\d)");
  private static final Pattern LANGUAGE = Pattern.compile("texts_(\\w+)\\.properties");
  private static final List<String> BUNDLES = List.of("texts", "sentences");
  private static final Pattern OFFERED = Pattern.compile("<supported-locale>(\\w+)<");

  static List<String> translations() throws IOException {
    try (Stream<Path> files = Files.list(TEXTS)) {
      return files
          .flatMap(file -> LANGUAGE.matcher(file.getFileName().toString()).results())
          .map(found -> found.group(1))
          .filter(language -> !language.equals("en"))
          .sorted()
          .toList();
    }
  }

  static List<String> files() throws IOException {
    List<String> languages = translations();
    return BUNDLES.stream()
        .flatMap(
            bundle ->
                Stream.concat(
                    Stream.of(bundle), languages.stream().map(language -> bundle + "_" + language)))
        .toList();
  }

  static Stream<String> filesOfPages() throws IOException {
    return files().stream().filter(file -> file.startsWith("texts"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void noKeyStandsTwice(String file) throws IOException {
    List<Object> twice = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(path(file))) {
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
    assertThat(texts("texts").keySet()).containsAll(found(ASKED));
  }

  @Test
  void everyTextIsAskedForSomewhere() throws IOException {
    Set<String> quoted = found(QUOTED);
    List<String> beginnings = quoted.stream().filter(word -> word.endsWith(".")).toList();

    assertThat(texts("texts").keySet())
        .allMatch(
            key -> quoted.contains(key) || beginnings.stream().anyMatch(key::startsWith),
            "is asked for");
  }

  @Test
  void everyTranslationIsOffered() throws IOException {
    assertThat(matches(OFFERED, PAGES.resolve("WEB-INF/faces-config.xml")))
        .containsExactlyInAnyOrderElementsOf(translations());
  }

  @ParameterizedTest
  @MethodSource("translations")
  void everyTextIsTranslated(String language) throws IOException {
    for (String bundle : BUNDLES) {
      TreeMap<String, String> english = texts(bundle);
      TreeMap<String, String> translated = texts(bundle + "_" + language);

      assertThat(translated.keySet()).containsExactlyInAnyOrderElementsOf(english.keySet());
      english.forEach(
          (key, text) -> assertThat(places(translated.get(key))).as(key).isEqualTo(places(text)));
    }
  }

  @ParameterizedTest
  @MethodSource("filesOfPages")
  void everyTextWithPlacesCanBeFilledIn(String file) throws IOException {
    TreeMap<String, String> texts = texts(file);
    texts.values().removeIf(text -> places(text).isEmpty());

    texts.forEach(
        (key, text) -> {
          for (int number : List.of(0, 1, 5)) {
            String filled =
                new MessageFormat(text, Locale.ROOT).format(new Object[] {number, number, number});
            assertThat(filled).as(key).doesNotContain("{", "}");
          }
          assertThat(text.replace("''", "")).as("single apostrophes of " + key).doesNotContain("'");
        });
  }

  private static Path path(String file) {
    return TEXTS.resolve(file + ".properties");
  }

  private static TreeMap<String, String> texts(String file) throws IOException {
    Properties texts = new Properties();
    try (Reader reader = Files.newBufferedReader(path(file))) {
      texts.load(reader);
    }
    return texts.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, texts::getProperty, (a, b) -> a, TreeMap::new));
  }

  private static Set<String> places(String text) {
    return PLACE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> found(Pattern pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path folder : SOURCES) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          found.addAll(matches(pattern, file));
        }
      }
    }
    return found;
  }

  /** What the one group that has matched says, of each match. */
  private static Set<String> matches(Pattern pattern, Path file) throws IOException {
    Set<String> words = new TreeSet<>();
    pattern
        .matcher(Files.readString(file))
        .results()
        .forEach(
            match -> {
              for (int group = 1; group <= match.groupCount(); group++) {
                if (match.group(group) != null) {
                  words.add(match.group(group));
                }
              }
            });
    return words;
  }
}
