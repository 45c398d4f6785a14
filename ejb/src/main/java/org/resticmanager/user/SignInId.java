package org.resticmanager.user;

import java.io.Serializable;
import java.util.UUID;
import org.resticmanager.platform.Ids;

/**
 * Identifies a sign-in. Lies in web sessions, which a server may write to disk; it is no secret:
 * nobody can come in with it.
 */
public record SignInId(UUID value) implements Serializable {

  /**
   * Reads an id that came from outside.
   *
   * @throws org.resticmanager.platform.NotFound if it is no id at all
   */
  public static SignInId parse(String text) {
    return new SignInId(Ids.parse(text, "sign-in"));
  }

  /** As in REST. */
  @Override
  public String toString() {
    return value.toString();
  }
}
