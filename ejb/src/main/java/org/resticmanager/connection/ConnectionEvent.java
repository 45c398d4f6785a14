package org.resticmanager.connection;

import java.time.Instant;
import java.util.UUID;

/**
 * Something about a host's connection that a person should know.
 *
 * @param id of the event; newer ones are greater
 * @param kind what it is
 * @param detail the particulars, for people
 * @param at when it was noticed
 */
public record ConnectionEvent(UUID id, Kind kind, String detail, Instant at) {

  /** What may happen to a connection. */
  public enum Kind {
    /** Two agents use one token: they take the host's connection from each other. */
    TWO_AGENTS("two-agents"),
    /** The agent connects so often that it is turned away. */
    TOO_OFTEN("too-often");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** As in REST and in the database. */
    public String code() {
      return code;
    }

    static Kind coded(String code) {
      for (Kind kind : values()) {
        if (kind.code.equals(code)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of connection event: " + code);
    }
  }
}
