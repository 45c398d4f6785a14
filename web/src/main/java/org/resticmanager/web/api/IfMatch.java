package org.resticmanager.web.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The state that a writer has seen, as the header {@code If-Match} names it. Take it as
 * {@code @HeaderParam("If-Match") @DefaultValue("*") IfMatch} and ask it inside the transaction
 * that writes, on the locked row: the boundary takes the question as a {@code Consumer} of the
 * state.
 */
public final class IfMatch {

  private static final String ANY = "*";

  private final List<String> tags;

  private IfMatch(List<String> tags) {
    this.tags = tags;
  }

  /** Reads the header; JAX-RS calls it. A weak tag ({@code W/"…"}) never matches. */
  public static IfMatch valueOf(String header) {
    return new IfMatch(Arrays.stream(header.split(",", -1)).map(String::strip).toList());
  }

  /**
   * Lets the writer go on if the state is the one that they have seen, or they named none.
   *
   * @throws Stale if it is another one (HTTP 412)
   */
  public void require(Editable current) {
    require(Optional.of(current));
  }

  /** As {@link #require(Editable)}, for what may not exist yet: that is no state that was seen. */
  public void require(Optional<? extends Editable> current) {
    boolean seen =
        tags.contains(ANY)
            || current.map(state -> tags.contains(Etag.of(state).quoted())).orElse(false);
    if (!seen) {
      throw new Stale();
    }
  }
}
