package org.resticmanager.maintenance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.resticmanager.host.HostId;
import org.resticmanager.source.SourceGroupDetails;

/**
 * Names the policies by which a forget removes snapshots: another one for every other set of them,
 * so that who confirms what a forget would do has confirmed these and no others.
 */
final class PolicyVersion {

  private static final int LENGTH = 16;

  private PolicyVersion() {}

  /** Of the source groups of a host. */
  static String of(HostId host, List<SourceGroupDetails> groups) {
    StringBuilder text = new StringBuilder(host.toString());
    for (SourceGroupDetails group : groups) {
      text.append('\n').append(group.name()).append('\n').append(group.plan().retention());
    }
    return digest(text.toString());
  }

  /** Of several hosts, whose versions these are. */
  static String of(List<String> hosts) {
    return digest(String.join("\n", hosts));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
