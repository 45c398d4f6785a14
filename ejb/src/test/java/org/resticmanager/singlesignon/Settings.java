package org.resticmanager.singlesignon;

import java.util.Map;
import java.util.stream.Collectors;
import org.resticmanager.TestConfig;

/** Settings of single sign-on, for tests. */
final class Settings {

  private Settings() {}

  /** Those of these names, without what stands before all of them. */
  static SingleSignOnSettings of(Map<String, String> values) {
    return new SingleSignOnSettings(
        TestConfig.of(
            values.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        value -> "restic-manager.oidc." + value.getKey(), Map.Entry::getValue))));
  }
}
