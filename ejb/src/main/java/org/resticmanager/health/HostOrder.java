package org.resticmanager.health;

import java.util.Arrays;

/** What hosts are sorted by; those that are alike by name. */
public enum HostOrder {
  /** By name. */
  NAME("name", ""),
  /** The worst protected first, of these who waits longest. */
  URGENCY(
      "urgency",
      "array_position(array['failing', 'at-risk', 'unknown', 'protected'],"
          + " coalesce(n.health, 'unknown')), n.since, "),
  /** Who was not heard of for longest first. */
  LAST_SEEN("seen", "h.last_seen_at nulls first, ");

  private final String word;
  private final String sql;

  HostOrder(String word, String sql) {
    this.word = word;
    this.sql = sql;
  }

  /** As in addresses. */
  public String word() {
    return word;
  }

  String sql() {
    return sql + "h.name";
  }

  /** The one of this word; by name if there is none. */
  public static HostOrder named(String word) {
    return Arrays.stream(values())
        .filter(order -> order.word.equals(word))
        .findFirst()
        .orElse(NAME);
  }
}
