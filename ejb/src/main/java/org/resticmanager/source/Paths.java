package org.resticmanager.source;

import java.util.List;
import org.resticmanager.platform.Invalid;

/**
 * What a source group covers.
 *
 * @param includes absolute paths, at least one
 * @param excludes restic's exclude patterns
 * @param excludeCaches leave out folders that say of themselves that they are caches ({@code
 *     CACHEDIR.TAG})
 * @param excludeIfPresent leave out folders that hold a file of one of these names; restic's {@code
 *     name:header} says what it must begin with
 * @param oneFileSystem do not follow into file systems that are mounted below the includes
 */
public record Paths(
    List<String> includes,
    List<String> excludes,
    boolean excludeCaches,
    List<String> excludeIfPresent,
    boolean oneFileSystem) {

  private static final int MAX_PATHS = 1000;
  private static final int MAX_LENGTH = 4096;

  /**
   * @throws Invalid if there is no include, a path is relative, or something is too long
   */
  public Paths {
    includes = checked(includes, "includes");
    excludes = checked(excludes, "excludes");
    excludeIfPresent = checked(excludeIfPresent, "excludeIfPresent");
    if (includes.isEmpty()) {
      throw new Invalid("includes", "must name at least one path");
    }
    for (String include : includes) {
      if (!include.startsWith("/") && !include.matches("(?s)[A-Za-z]:[\\\\/].*")) {
        throw new Invalid("includes", "must hold absolute paths, unlike '" + include + "'");
      }
    }
  }

  /** Paths and patterns alone, without the options. */
  public static Paths of(List<String> includes, List<String> excludes) {
    return new Paths(includes, excludes, false, List.of(), false);
  }

  private static List<String> checked(List<String> paths, String field) {
    List<String> given = paths == null ? List.of() : paths;
    if (given.size() > MAX_PATHS) {
      throw new Invalid(field, "must not hold more than " + MAX_PATHS + " entries");
    }
    for (String path : given) {
      // not stripped: a file name may begin or end with a blank
      Invalid.requireText(path, field, MAX_LENGTH);
    }
    return List.copyOf(given);
  }
}
