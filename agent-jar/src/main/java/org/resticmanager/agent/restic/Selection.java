package org.resticmanager.agent.restic;

import java.util.ArrayList;
import java.util.List;

/**
 * What a backup covers.
 *
 * @param paths absolute; any name that the file system allows
 * @param excludes restic's patterns
 * @param excludeCaches leave out folders with a {@code CACHEDIR.TAG}
 * @param excludeIfPresent leave out folders that hold one of these files
 * @param oneFileSystem stay in the file systems of the paths
 */
public record Selection(
    List<String> paths,
    List<String> excludes,
    boolean excludeCaches,
    List<String> excludeIfPresent,
    boolean oneFileSystem) {

  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    excludes.forEach(pattern -> arguments.add("--exclude=" + pattern));
    if (excludeCaches) {
      arguments.add("--exclude-caches");
    }
    excludeIfPresent.forEach(file -> arguments.add("--exclude-if-present=" + file));
    if (oneFileSystem) {
      arguments.add("--one-file-system");
    }
    arguments.add("--");
    arguments.addAll(paths);
    return arguments;
  }
}
