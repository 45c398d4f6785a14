package org.resticmanager.job;

import java.util.UUID;
import org.resticmanager.platform.Ids;

/** Identifies a job. */
public record JobId(UUID value) {

  /**
   * Reads an id that came from outside.
   *
   * @throws org.resticmanager.platform.NotFound if it is no id at all
   */
  public static JobId parse(String text) {
    return new JobId(Ids.parse(text, "job"));
  }

  /** As on the wire and in REST. */
  @Override
  public String toString() {
    return value.toString();
  }
}
