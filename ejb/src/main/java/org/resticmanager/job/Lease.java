package org.resticmanager.job;

import java.util.Arrays;
import java.util.List;
import org.resticmanager.protocol.wire.JobKind;

/** What a job needs of its repository while it runs, as restic's own locks demand it. */
enum Lease {
  /** Nothing: it must run when everything else is stuck, or takes no lock. */
  NONE,
  /** Together with others that share. */
  SHARED,
  /** Alone. */
  EXCLUSIVE;

  static Lease of(JobKind kind) {
    return switch (kind) {
      case BACKUP, RESTORE, DIFF, KEY_ADD -> SHARED;
      case INIT, FORGET, PRUNE, CHECK, KEY_REMOVE -> EXCLUSIVE;
      case UNLOCK, TEST -> NONE;
    };
  }

  /** The kinds that are in the way of this one. */
  List<JobKind> rivals() {
    return Arrays.stream(JobKind.values())
        .filter(kind -> this != NONE && of(kind) != NONE)
        .filter(kind -> this == EXCLUSIVE || of(kind) == EXCLUSIVE)
        .toList();
  }
}
