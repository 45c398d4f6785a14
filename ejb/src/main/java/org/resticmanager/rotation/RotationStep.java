package org.resticmanager.rotation;

import java.util.Arrays;
import java.util.Locale;
import org.resticmanager.protocol.wire.JobKind;

/** How far a change of a password is. */
public enum RotationStep {
  /** The new password is to open the repository beside the old one, which is in use. */
  ADDING(JobKind.KEY_ADD),
  /** The new password is in use; the old one is to open the repository no more. */
  REMOVING(JobKind.KEY_REMOVE),
  /** Given up: the old password stays in use, the new one is to open the repository no more. */
  WITHDRAWING(JobKind.KEY_REMOVE),
  /** The new password is in use, and the old one opens nothing. */
  DONE(null),
  /** The old password is in use, and the new one opens nothing. */
  GIVEN_UP(null),
  /** The new password is in use, and the old one was left as it is: it may open the repository. */
  KEY_LEFT(null);

  private final JobKind kind;

  RotationStep(JobKind kind) {
    this.kind = kind;
  }

  /** Whether something is still to be done. */
  public boolean open() {
    return kind != null;
  }

  /** The kind of job that does it. */
  JobKind kind() {
    return kind;
  }

  /** The name in REST and in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static RotationStep named(String word) {
    return Arrays.stream(values())
        .filter(step -> step.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no step: " + word));
  }
}
