package org.resticmanager.agent.restic;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of restic. What a restic can do is decided by it, not by trying.
 *
 * @param text as restic writes it, for example {@code 0.18.0}
 */
public record ResticVersion(int major, int minor, String text) {

  private static final Pattern OUTPUT =
      Pattern.compile(
          "(?:^|\\n)restic (v?(\\d+)\\.(\\d+)\\S*)|\"version\":\\s*\"((\\d+)\\.(\\d+)[^\"]*)\"");

  /** Reads the output of {@code restic version}, as text (all versions) or as JSON (later ones). */
  public static Optional<ResticVersion> parse(String output) {
    Matcher matcher = OUTPUT.matcher(output);
    if (!matcher.find()) {
      return Optional.empty();
    }
    int group = matcher.group(1) != null ? 1 : 4;
    try {
      return Optional.of(
          new ResticVersion(
              Integer.parseInt(matcher.group(group + 1)),
              Integer.parseInt(matcher.group(group + 2)),
              matcher.group(group)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether this is the version given or a later one. */
  public boolean atLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }
}
