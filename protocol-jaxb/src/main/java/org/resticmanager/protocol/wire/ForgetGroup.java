package org.resticmanager.protocol.wire;

/**
 * One {@code restic forget} of a job that has several (extension {@code forget_groups}).
 *
 * @param tag the source group's name: only snapshots with this tag are looked at
 * @param retentionPolicy what is kept; never empty
 */
public record ForgetGroup(String tag, RetentionPolicy retentionPolicy) {

  public ForgetGroup {
    Require.present(tag, "tag");
    Require.present(retentionPolicy, "retention_policy");
    if (retentionPolicy.empty()) {
      throw new IllegalArgumentException("retention_policy is empty: it would delete everything");
    }
  }
}
