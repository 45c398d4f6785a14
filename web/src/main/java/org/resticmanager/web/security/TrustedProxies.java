package org.resticmanager.web.security;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The reverse proxies whose word counts about who is behind them. What anybody else says in {@code
 * X-Forwarded-For} is a claim and not listened to.
 */
final class TrustedProxies {

  /** Never a name: to resolve one would ask the network whatever a stranger wrote. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

  /** As some proxies write them: an address with a port, of IPv6 in brackets. */
  private static final Pattern WITH_PORT =
      Pattern.compile("([0-9.]+):\\d{1,5}|\\[([0-9A-Fa-f]*:[0-9A-Fa-f:.]*)](?::\\d{1,5})?");

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * As the setting has them.
   *
   * @param text addresses and networks, as in {@code 10.0.0.7, 192.168.0.0/16, fd00::/8}; empty for
   *     none
   * @throws IllegalArgumentException if one of them is neither
   */
  static TrustedProxies parse(String text) {
    return new TrustedProxies(
        Stream.of(text.split(","))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(Network::parse)
            .toList());
  }

  /** Whether this address is one of them. */
  boolean include(String address) {
    return ADDRESS.matcher(address).matches()
        && networks.stream().anyMatch(network -> network.holds(bytes(address)));
  }

  /**
   * Whose request it is: the last address on the way to us that is not a trusted proxy.
   *
   * @param peer who has connected to us
   * @param forwardedFor every value of {@code X-Forwarded-For} in their order
   */
  String client(String peer, List<String> forwardedFor) {
    String client = requireNonNull(peer);
    List<String> way =
        forwardedFor.stream()
            .flatMap(value -> Stream.of(value.split(",")))
            .map(String::strip)
            .toList();
    for (int i = way.size() - 1; i >= 0 && include(client); i--) {
      String address = withoutPort(way.get(i));
      if (!ADDRESS.matcher(address).matches() || bytes(address).length == 0) {
        return client;
      }
      client = address;
    }
    return client;
  }

  private static String withoutPort(String text) {
    Matcher parts = WITH_PORT.matcher(text);
    if (!parts.matches()) {
      return text;
    }
    return parts.group(1) == null ? parts.group(2) : parts.group(1);
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      return new byte[0];
    }
  }

  /** The addresses whose first bits are these. */
  private record Network(byte[] base, int bits) {

    static Network parse(String text) {
      int slash = text.indexOf('/');
      String address = slash < 0 ? text : text.substring(0, slash);
      byte[] base = ADDRESS.matcher(address).matches() ? bytes(address) : new byte[0];
      try {
        int bits = slash < 0 ? base.length * 8 : Integer.parseInt(text.substring(slash + 1));
        if (base.length > 0 && bits >= 0 && bits <= base.length * 8) {
          return new Network(base, bits);
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new IllegalArgumentException(
          "'" + text + "' is neither an address nor a network such as 10.0.0.0/8");
    }

    boolean holds(byte[] address) {
      if (address.length != base.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (base[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
