package org.resticmanager.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SentencesTest {

  private static final List<Path> SOURCES =
      List.of(Path.of("../ejb/src/main/java"), Path.of("src/main/java/org/resticmanager/web/ui"));

  private static final String TEXT = "\"(?:[^\"\\\\]|\\\\.)*\"";

  /** A name, or what calls make of it. */
  private static final String VALUE =
      "[\\w.]+(?:\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\)\\s*[\\w.]*)*";

  private static final String SENTENCE =
      "(" + TEXT + "(?:\\s*\\+\\s*(?:" + TEXT + "|" + VALUE + "))*)";

  private static final Pattern INVALID =
      Pattern.compile("new Invalid\\(\\s*[\\w\"]+,\\s*" + SENTENCE);
  private static final Pattern REFUSED =
      Pattern.compile("new (?:Conflict|NotLetIn)\\(\\s*\"[\\w-]+\",\\s*" + SENTENCE);
  private static final Pattern REFUSAL_OF_ITS_OWN =
      Pattern.compile(
          "extends (?:Conflict|Refusal|NotLetIn|TryLater) \\{.*?super\\(\\s*\"[\\w-]+\",\\s*"
              + SENTENCE,
          Pattern.DOTALL);
  private static final Pattern ADVICE = Pattern.compile("warn\\(\\s*\"[\\w-]+\",\\s*" + SENTENCE);
  private static final Pattern PIECE = Pattern.compile("(" + TEXT + ")|" + VALUE);

  @Test
  void englishIsLeftAlone() {
    assertThat(Sentences.in(Locale.UK, "must not be empty.")).isEqualTo("must not be empty.");
  }

  @Test
  void whatIsSaidOfSomethingIsSaidOfItInTheOtherLanguageToo() {
    assertThat(german("must not be longer than 40 characters."))
        .isEqualTo("Darf nicht länger als 40 Zeichen sein.");
    assertThat(german("The host web {1}$1 does not back up to main: choose one that does."))
        .isEqualTo("Der Host web {1}$1 sichert nicht nach main: Wählen Sie einen, der es tut.");
  }

  @Test
  void theSentenceThatSaysMoreByItselfCounts() {
    assertThat(german("It cannot be done now: no admin credentials."))
        .isEqualTo("Das geht jetzt nicht: Es gibt keine Admin-Zugangsdaten.");
    assertThat(german("It cannot be done now: it is late."))
        .isEqualTo("Das geht jetzt nicht: it is late.");
  }

  @Test
  void whatNobodyHasTranslatedIsLeftAsItIs() {
    assertThat(german("Fatal: unable to open config file"))
        .isEqualTo("Fatal: unable to open config file");
  }

  @Test
  void everyRefusalIsTranslated() throws IOException {
    Set<String> said = new TreeSet<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      said.addAll(sentences(INVALID, text, "."));
      said.addAll(sentences(REFUSED, text, ""));
      said.addAll(sentences(REFUSAL_OF_ITS_OWN, text, ""));
      said.addAll(sentences(ADVICE, text, ""));
    }

    assertThat(said).hasSizeGreaterThan(90);
    for (String language : TextsTest.translations()) {
      assertThat(said)
          .allSatisfy(
              sentence ->
                  assertThat(Sentences.in(Locale.forLanguageTag(language), sentence))
                      .isNotEqualTo(sentence));
    }
  }

  private static String german(String english) {
    return Sentences.in(Locale.GERMAN, english);
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path folder : SOURCES) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  private static List<String> sentences(Pattern pattern, String source, String end) {
    return pattern.matcher(source).results().map(found -> sentence(found.group(1)) + end).toList();
  }

  /** The sentence with 7 for what is only known when it is said. */
  private static String sentence(String expression) {
    return PIECE
        .matcher(expression)
        .results()
        .map(SentencesTest::piece)
        .collect(Collectors.joining());
  }

  private static String piece(MatchResult piece) {
    String text = piece.group(1);
    return text == null ? "7" : text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
  }
}
