package org.resticmanager.health;

import java.util.Arrays;

/** Why a host is as it is; the most urgent first. */
public enum Reason {
  /** The newest backup of a source group failed. */
  BACKUP_FAILED("backup-failed", Health.FAILING),
  /** A source group was not backed up though its schedule has fired {@link Judge#LONG} times. */
  BACKUPS_MISSING("backups-missing", Health.FAILING),
  /** Its agent finds no restic. */
  NO_RESTIC("no-restic", Health.FAILING),
  /** A schedule should have fired, and no backup has come of it. */
  BACKUP_OVERDUE("backup-overdue", Health.AT_RISK),
  /** The newest backup left out files, or is otherwise to be looked at. */
  BACKUP_FLAGGED("backup-flagged", Health.AT_RISK),
  /** Nothing backs a source group up by itself. */
  NOT_SCHEDULED("not-scheduled", Health.AT_RISK),
  /** It is connected to no repository. */
  NO_REPOSITORY("no-repository", Health.UNKNOWN),
  /** It has no source group. */
  NOTHING_CHOSEN("nothing-chosen", Health.UNKNOWN),
  /** Its agent has never connected. */
  NEVER_CONNECTED("never-connected", Health.UNKNOWN),
  /** The first backup of a source group is not due yet. */
  FIRST_BACKUP_AWAITED("first-backup-awaited", Health.UNKNOWN),
  /** All is well. */
  BACKED_UP("backed-up", Health.PROTECTED);

  private final String word;
  private final Health health;

  Reason(String word, Health health) {
    this.word = word;
    this.health = health;
  }

  /** As in REST and in the database. */
  public String word() {
    return word;
  }

  /** How well a host of which this is the most urgent is protected. */
  public Health health() {
    return health;
  }

  static Reason named(String word) {
    return Arrays.stream(values())
        .filter(reason -> reason.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no reason: " + word));
  }
}
