package org.resticmanager.protocol.wire;

/**
 * The channel that a log line came from; {@code event} is a parsed {@code restic --json} object.
 */
public enum LogStreamName {
  STDOUT,
  STDERR,
  EVENT;

  private final String wireName = WireNames.of(this);

  /** The name on the wire, in REST and in the database. */
  public String wireName() {
    return wireName;
  }

  /**
   * The stream of this wire name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static LogStreamName named(String wireName) {
    return WireNames.parse(LogStreamName.class, wireName);
  }
}
