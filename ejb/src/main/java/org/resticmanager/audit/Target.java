package org.resticmanager.audit;

import static java.util.Objects.requireNonNull;

/**
 * What something was done to.
 *
 * @param type what it is, in kebab-case, such as {@code source-group}
 * @param id identifies it for as long as it exists, and after
 * @param name what people called it at that moment
 */
public record Target(String type, String id, String name) {

  public Target {
    requireNonNull(type);
    requireNonNull(id);
    requireNonNull(name);
  }

  /** Where the identifier is a value of ours. */
  public static Target of(String type, Object id, String name) {
    return new Target(type, id.toString(), name);
  }
}
