package org.resticmanager.platform;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Time zones as people write them. */
public final class Zones {

  private Zones() {}

  /**
   * The zone of this name.
   *
   * @throws Invalid if there is none
   */
  public static ZoneId named(String name) {
    try {
      return ZoneId.of(name == null ? "" : name.strip());
    } catch (DateTimeException e) {
      throw new Invalid("zone", "must be a time zone, as in 'Europe/Berlin'");
    }
  }

  /**
   * The zone of this name; empty if none is named.
   *
   * @throws Invalid if there is none
   */
  public static Optional<ZoneId> optional(String name) {
    return name == null || name.isBlank() ? Optional.empty() : Optional.of(named(name));
  }
}
