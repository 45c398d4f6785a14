package org.resticmanager.secret;

import java.util.List;
import java.util.stream.Stream;

/**
 * Keys from the configuration, which a vault or an operator of a cluster fills in.
 *
 * @param text keys in Base64, the newest first, with blanks or commas between them
 */
record ConfiguredKeys(String text) implements KeySource {

  static final String SETTING = "restic-manager.secret-key";

  @Override
  public List<byte[]> keys() {
    return Stream.of(text.split("[\\s,]+"))
        .filter(part -> !part.isEmpty())
        .map(part -> KeyRing.key(part, description()))
        .toList();
  }

  @Override
  public String description() {
    return "the setting " + SETTING;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ConfiguredKeys[]";
  }
}
