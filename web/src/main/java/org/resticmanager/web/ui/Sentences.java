package org.resticmanager.web.ui;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the rest of the product says in English, as programs read it, in the language of a page: a
 * refusal, a warning. Its English wording is its key, so that nothing but pages has to know of
 * languages.
 */
final class Sentences {

  private static final String SENTENCES = "org.resticmanager.web.ui.sentences";
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)\\}");

  /** The more a sentence says by itself, the earlier it is tried: others have a place for more. */
  private static final List<Known> KNOWN =
      bundle(Locale.ROOT).keySet().stream()
          .map(key -> Known.of(key, bundle(Locale.ROOT).getString(key)))
          .sorted(Comparator.comparingInt(Known::fixed).reversed())
          .toList();

  private Sentences() {}

  /** The sentence in this language; as it is if nobody has translated it. */
  static String in(Locale locale, String english) {
    if (locale.getLanguage().equals(Locale.ENGLISH.getLanguage())) {
      return english;
    }
    for (Known known : KNOWN) {
      Matcher found = known.pattern().matcher(english);
      if (found.matches()) {
        return filled(bundle(locale).getString(known.key()), found);
      }
    }
    return english;
  }

  private static String filled(String translation, Matcher found) {
    return PLACE
        .matcher(translation)
        .replaceAll(place -> Matcher.quoteReplacement(found.group("p" + place.group(1))));
  }

  private static ResourceBundle bundle(Locale locale) {
    return ResourceBundle.getBundle(SENTENCES, locale, Sentences.class.getClassLoader());
  }

  /**
   * A sentence that has translations.
   *
   * @param fixed how many of its characters are not for filling in
   */
  private record Known(String key, Pattern pattern, int fixed) {

    static Known of(String key, String english) {
      StringBuilder pattern = new StringBuilder();
      Matcher place = PLACE.matcher(english);
      int end = 0;
      int fixed = 0;
      while (place.find()) {
        pattern.append(Pattern.quote(english.substring(end, place.start())));
        pattern.append("(?<p").append(place.group(1)).append(">.*)");
        fixed += place.start() - end;
        end = place.end();
      }
      pattern.append(Pattern.quote(english.substring(end)));
      return new Known(
          key, Pattern.compile(pattern.toString(), Pattern.DOTALL), fixed + english.length() - end);
    }
  }
}
