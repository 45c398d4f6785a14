package org.resticmanager.protocol.wire;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The order to replace the agent by another version of it, after verifying the digest (extension
 * {@code update}).
 *
 * @param version the version to become
 * @param url where to fetch it
 * @param sha256 its digest, 64 hexadecimal digits in lower case
 */
public record CommandUpdate(String version, String url, String sha256) implements ServerMessage {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public CommandUpdate {
    Require.present(version, "version");
    Require.present(url, "url");
    Require.present(sha256, "sha256");
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("sha256 is not 64 hexadecimal digits in lower case");
    }
  }

  @Override
  public Set<String> requires() {
    return Set.of(Feature.UPDATE);
  }
}
