package org.resticmanager.job;

import java.util.Optional;
import java.util.UUID;
import org.resticmanager.platform.Ids;
import org.resticmanager.platform.NotFound;

/** Identifies a job. */
public record JobId(UUID value) {

  /**
   * Reads an id that came from outside.
   *
   * @throws NotFound if it is no id at all
   */
  public static JobId parse(String text) {
    return new JobId(Ids.parse(text, "job"));
  }

  /**
   * Reads the id of a job that an agent speaks of.
   *
   * @throws NotYours if it is no id at all: no host has such a job
   */
  public static JobId ofAgent(String text) {
    try {
      return parse(text);
    } catch (NotFound e) {
      throw new NotYours(text);
    }
  }

  /** The same of a job that need not be one of ours; empty if it is no id at all. */
  static Optional<JobId> ifAny(String text) {
    try {
      return Optional.of(parse(text));
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  /** As on the wire and in REST. */
  @Override
  public String toString() {
    return value.toString();
  }
}
