package org.resticmanager.web.ui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.resticmanager.platform.Conflict;

/** What a form was filled with, so that nobody overwrites what somebody else has changed since. */
final class Seen {

  private Seen() {}

  /** Stands for a state; empty for none. */
  static String of(Optional<?> state) {
    return state.map(Seen::hash).orElse("");
  }

  private static String hash(Object state) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(state.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Lets the writer go on if the state is the one that the form was filled with.
   *
   * @param seen as the form brought it; null for nothing, as Faces reads an empty field
   * @throws Conflict if it is another one
   */
  static void require(String seen, Optional<?> now, Wording wording) {
    if (!of(now).equals(Objects.requireNonNullElse(seen, ""))) {
      throw new Conflict("stale", wording.text("form.changed-meanwhile"));
    }
  }
}
