package org.resticmanager.agent.restic;

import static org.resticmanager.protocol.json.FoundJson.JSON;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what restic says: older versions print the password of a REST server when it
 * cannot be reached.
 */
final class Redaction {

  /** Shorter ones are no secrets, and replacing them would make the log unreadable. */
  private static final int SHORTEST = 4;

  private static final String MARK = "***";
  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("(://[^/@:\\s\"]*:)([^/@\\s\"]+)(?=@)");

  /** The others are addresses and names that a person needs to understand an error. */
  private static final Pattern SECRET = Pattern.compile("KEY|SECRET|TOKEN|PASSWORD|SAS");

  private final List<String> secrets;

  Redaction(RepositoryAccess access) {
    Set<String> forms = new LinkedHashSet<>();
    addForms(forms, access.password());
    addForms(forms, access.credential());
    access
        .backend()
        .forEach(
            (name, value) -> {
              if (SECRET.matcher(name).find()) {
                addForms(forms, value);
              }
            });
    Matcher inUrl = PASSWORD_IN_URL.matcher(access.url());
    while (inUrl.find()) {
      addForms(forms, inUrl.group(2));
    }
    this.secrets =
        forms.stream()
            .filter(form -> form.length() >= SHORTEST)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  private static void addForms(Set<String> forms, String secret) {
    String json = JSON.createValue(secret).toString();
    String escaped = json.substring(1, json.length() - 1);
    forms.add(secret);
    forms.add(RepositoryAccess.percentEncoded(secret));
    forms.add(escaped);
    // as Go writes it
    forms.add(escaped.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
  }

  String apply(String line) {
    String clean = line;
    for (String secret : secrets) {
      clean = clean.replace(secret, MARK);
    }
    return clean.contains("://") ? PASSWORD_IN_URL.matcher(clean).replaceAll("$1***") : clean;
  }
}
