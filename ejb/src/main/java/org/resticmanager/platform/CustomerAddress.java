package org.resticmanager.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** What of a network address names somebody who cannot choose it: by it tries are counted. */
public final class CustomerAddress {

  /** What of an IPv6 address names a customer: the rest they choose themselves. */
  private static final int CUSTOMER_BYTES = 7;

  private CustomerAddress() {}

  /**
   * The same for all addresses of a customer.
   *
   * @param address as a server names it, or any text
   */
  public static String of(String address) {
    String plain = address.replaceFirst("%.*", "");
    if (plain.indexOf(':') < 0) {
      return plain;
    }
    try {
      byte[] bytes = InetAddress.getByName(plain).getAddress(); // a literal: nobody is asked
      return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, CUSTOMER_BYTES)));
    } catch (UnknownHostException e) {
      return plain;
    }
  }
}
