package org.resticmanager.singlesignon;

import java.net.URI;
import java.util.Set;

/** What is said to a provider stays between us: its addresses are encrypted or on this machine. */
final class SafeAddress {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private SafeAddress() {}

  /**
   * Returns the address.
   *
   * @throws IllegalStateException if what is sent there could be read on the way
   */
  static URI require(URI address) {
    boolean encrypted = "https".equalsIgnoreCase(address.getScheme());
    boolean here =
        "http".equalsIgnoreCase(address.getScheme())
            && address.getHost() != null
            && THIS_MACHINE.contains(address.getHost());
    if (address.getHost() == null || !(encrypted || here)) {
      throw new IllegalStateException(
          "an address of the identity provider must begin with https://: " + address);
    }
    return address;
  }
}
