package org.resticmanager.host;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which hosts somebody sees. The others are as if they were not there.
 *
 * @param limits of each of them a host must have a tag; none of them to see every host
 */
public record Sight(List<Tags> limits) {

  /** Every host is seen. */
  public static final Sight EVERYTHING = new Sight(List.of());

  public Sight {
    limits = List.copyOf(limits);
  }

  /** Within all of these limits; one without tags is none. */
  public static Sight within(Tags... limits) {
    return new Sight(Stream.of(limits).filter(limit -> !limit.names().isEmpty()).toList());
  }

  /** Whether there may be hosts that are not seen. */
  public boolean limited() {
    return !limits.isEmpty();
  }

  /** As the database's function {@code host_in_sight} takes it. */
  public String parameter() {
    return limits.stream()
        .map(limit -> String.join(" ", limit.names()))
        .collect(Collectors.joining("|"));
  }
}
