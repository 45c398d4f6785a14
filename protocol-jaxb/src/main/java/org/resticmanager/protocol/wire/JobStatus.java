package org.resticmanager.protocol.wire;

/**
 * Where a job stands: {@code queued → running → succeeded | failed | cancelled}. On the wire in
 * lower case; the British spelling of {@code cancelled} is part of the seed protocol.
 */
public enum JobStatus {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** Whether the job has ended: nothing changes it any more. */
  public boolean ended() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /** The name on the wire, in REST and in the database. */
  public String wireName() {
    return WireNames.of(this);
  }

  /**
   * The status of this wire name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static JobStatus named(String wireName) {
    return WireNames.parse(JobStatus.class, wireName);
  }
}
