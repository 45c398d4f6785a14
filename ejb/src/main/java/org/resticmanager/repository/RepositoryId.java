package org.resticmanager.repository;

import java.util.UUID;
import org.resticmanager.platform.Ids;

/** Identifies a repository. */
public record RepositoryId(UUID value) {

  /**
   * Reads an id that came from outside.
   *
   * @throws org.resticmanager.platform.NotFound if it is no id at all
   */
  public static RepositoryId parse(String text) {
    return new RepositoryId(Ids.parse(text, "repository"));
  }

  /** As in REST. */
  @Override
  public String toString() {
    return value.toString();
  }
}
