package org.resticmanager.bandwidth;

import org.resticmanager.platform.Invalid;

/**
 * Limits for one restic, in KiB per second; 0 for none.
 *
 * @param uploadKib to the repository
 * @param downloadKib from the repository
 */
public record Bandwidth(long uploadKib, long downloadKib) {

  /** No limits. */
  public static final Bandwidth UNLIMITED = new Bandwidth(0, 0);

  /** Ten times what any network has. */
  private static final long MOST_KIB = 1_000_000_000;

  /**
   * @throws Invalid if one is negative or beyond all bounds
   */
  public Bandwidth {
    check(uploadKib, "uploadKib");
    check(downloadKib, "downloadKib");
  }

  private static void check(long kib, String field) {
    if (kib < 0 || kib > MOST_KIB) {
      throw new Invalid(field, "must be between 0 and " + MOST_KIB);
    }
  }

  /** As people write it: what is not said is no limit. */
  public static Bandwidth of(Long uploadKib, Long downloadKib) {
    return new Bandwidth(uploadKib == null ? 0 : uploadKib, downloadKib == null ? 0 : downloadKib);
  }
}
