package org.resticmanager.host;

import java.util.UUID;
import org.resticmanager.platform.Ids;

/** Identifies a host. */
public record HostId(UUID value) {

  /**
   * Reads an id that came from outside.
   *
   * @throws org.resticmanager.platform.NotFound if it is no id at all
   */
  public static HostId parse(String text) {
    return new HostId(Ids.parse(text, "host"));
  }

  /** As on the wire and in REST. */
  @Override
  public String toString() {
    return value.toString();
  }
}
