package org.resticmanager.protocol.wire;

/**
 * The operation that an agent is asked to run; on the wire in lower case. {@link #RESTORE}, {@link
 * #DIFF}, {@link #TEST}, {@link #KEY_ADD} and {@link #KEY_REMOVE} are extensions.
 */
public enum JobKind {
  BACKUP,
  INIT,
  FORGET,
  PRUNE,
  CHECK,
  UNLOCK,
  RESTORE,
  DIFF,
  TEST,
  KEY_ADD,
  KEY_REMOVE;

  /** The name on the wire, in REST and in the database. */
  public String wireName() {
    return WireNames.of(this);
  }

  /**
   * The kind of this wire name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static JobKind named(String wireName) {
    return WireNames.parse(JobKind.class, wireName);
  }
}
