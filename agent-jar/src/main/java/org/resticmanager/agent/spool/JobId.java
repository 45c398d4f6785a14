package org.resticmanager.agent.spool;

import java.util.regex.Pattern;

/**
 * A job's id as the control plane gave it. It names a folder here, so it is letters, digits, dots,
 * hyphens and underscores, up to 128, and does not begin with a dot.
 *
 * @param value the id
 */
public record JobId(String value) {

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

  public JobId {
    if (!SAFE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "job_id must be 1 to 128 letters, digits, dots, hyphens or underscores");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
