package org.resticmanager.savedview;

import static java.util.Objects.requireNonNull;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.resticmanager.health.Health;
import org.resticmanager.health.HostOrder;
import org.resticmanager.platform.Invalid;

/**
 * What the list of hosts shows, as its address says it: what is empty does not matter. Which page
 * of the list is no part of it.
 *
 * @param words a part of the host's name
 * @param health how well the hosts are protected
 * @param state whether they are online or offline
 * @param tag that they have
 * @param sort what they are sorted by
 */
public record ViewQuery(String words, String health, String state, String tag, String sort) {

  private static final int MAX_LENGTH = 1000;
  private static final Set<String> STATES = Set.of("", "online", "offline");
  private static final Set<String> PARAMETERS =
      Set.of("q", "health", "state", "tag", "sort", "page");

  public ViewQuery {
    words = words.strip();
    requireNonNull(health);
    requireNonNull(state);
    requireNonNull(tag);
    requireNonNull(sort);
  }

  /**
   * Reads the query of an address of the list; its page is left out.
   *
   * @throws Invalid if it is none
   */
  public static ViewQuery parse(String text) {
    String query = Invalid.requireText(text, "query", MAX_LENGTH);
    Map<String, String> values = new HashMap<>();
    for (String pair : (query.startsWith("?") ? query.substring(1) : query).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (!PARAMETERS.contains(parts[0])
          || parts.length == 1
          || values.put(parts[0], decoded(parts[1])) != null) {
        throw new Invalid("query", "must give q, health, state, tag and sort, each at most once");
      }
    }
    return new ViewQuery(
        values.getOrDefault("q", ""),
        values.getOrDefault("health", ""),
        values.getOrDefault("state", ""),
        values.getOrDefault("tag", ""),
        values.getOrDefault("sort", ""));
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Invalid("query", "must be written as in an address");
    }
  }

  /**
   * Says no to what the list would not understand, or what would be the list as it always is.
   *
   * @throws Invalid if so
   */
  ViewQuery require() {
    if (!known()) {
      throw new Invalid("query", "must have values that the list of hosts knows");
    }
    Invalid.requireText(text(), "query", MAX_LENGTH);
    return this;
  }

  private boolean known() {
    return (health.isEmpty() || Health.named(health).isPresent())
        && STATES.contains(state)
        && (sort.isEmpty() || HostOrder.named(sort).word().equals(sort));
  }

  /** As in an address, always in the same order; empty for the list as it always is. */
  public String text() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("q", words);
    values.put("health", health);
    values.put("state", state);
    values.put("tag", tag);
    values.put("sort", sort);
    return values.entrySet().stream()
        .filter(value -> !value.getValue().isEmpty())
        .map(value -> value.getKey() + "=" + encoded(value.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
