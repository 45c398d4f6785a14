package org.resticmanager.secret;

import java.util.List;

/** Where the keys to the envelopes come from, outside the database. */
interface KeySource {

  /**
   * The keys, 256 bits each; the first one closes, all of them open.
   *
   * @return empty if there are none yet
   * @throws IllegalStateException if they cannot be had, or others can read them; says what to do
   */
  List<byte[]> keys();

  /** What it is called in an error, as in "the file /srv/secret.key". */
  String description();
}
