package org.resticmanager.web.api;

import java.util.List;
import java.util.function.Function;
import org.resticmanager.platform.Page;

/**
 * A page of a list.
 *
 * @param items in the list's order
 * @param nextCursor hand it back as {@code cursor} to go on; absent at the end
 */
public record PageRepresentation<T>(List<T> items, String nextCursor) {

  static <S, T> PageRepresentation<T> of(Page<S> page, Function<S, T> representation) {
    return new PageRepresentation<>(
        page.items().stream().map(representation).toList(), page.nextCursor().orElse(null));
  }
}
