package org.resticmanager.user;

import java.util.Objects;

/**
 * Where a sign-in comes from, for the person to recognise it.
 *
 * @param address of the machine, as the server sees it
 * @param program what the browser or program calls itself; empty if it does not
 */
public record Origin(String address, String program) {

  private static final int MOST = 300;

  public Origin {
    address = shortened(address);
    program = shortened(program);
  }

  private static String shortened(String text) {
    String given = Objects.requireNonNullElse(text, "").replace("\0", "");
    return given.length() > MOST ? given.substring(0, MOST) : given;
  }
}
