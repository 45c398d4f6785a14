package org.resticmanager.platform;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A part of a longer list.
 *
 * @param items in the list's order
 * @param nextCursor where to go on; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {

  /** The most that one page holds, whatever is asked for. */
  public static final int MAX_LIMIT = 1000;

  public Page {
    items = List.copyOf(items);
  }

  /**
   * Makes a page from one row more than the limit: the extra row only tells that there is more.
   *
   * @param rows at most {@code limit + 1} of them
   * @param cursor names a row, so that the next page begins after it
   */
  public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
    if (rows.size() <= limit) {
      return new Page<>(rows, Optional.empty());
    }
    List<T> items = rows.subList(0, limit);
    return new Page<>(items, Optional.of(cursor.apply(items.get(limit - 1))));
  }

  /**
   * A cursor that names a row by its identifier.
   *
   * @param cursor where the last page ended; empty for the first page
   * @throws Invalid if no page can have given it
   */
  public static Optional<UUID> idCursor(String cursor) {
    try {
      return cursor.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(cursor));
    } catch (IllegalArgumentException e) {
      throw new Invalid("cursor", "is not one that a page gave");
    }
  }

  /**
   * A limit that a caller may ask for.
   *
   * @throws Invalid if it is not between 1 and {@link #MAX_LIMIT}
   */
  public static int requireLimit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new Invalid("limit", "must be between 1 and " + MAX_LIMIT);
    }
    return limit;
  }
}
