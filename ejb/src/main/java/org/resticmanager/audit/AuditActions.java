package org.resticmanager.audit;

import java.util.List;

/** The names of all that is recorded, for who looks for some of it. */
public final class AuditActions {

  /** By name. */
  public static final List<String> ALL =
      List.of(
          "announcement.accepted",
          "announcement.rejected",
          "api-token.made",
          "api-token.revoked",
          "bandwidth.changed",
          "blackouts.changed",
          "credentials.changed",
          "credentials.removed",
          "enrolment-token.made",
          "enrolment-token.revoked",
          "host.connected",
          "host.cut-off",
          "host.enrolled",
          "host.tags-changed",
          "host.token-rotation-wanted",
          "job.cancelled",
          "job.queued",
          "job.retried",
          "maintenance.changed",
          "maintenance.run",
          "password-rotation.asked",
          "password-rotation.ended",
          "password-rotation.given-up",
          "password-rotation.switched",
          "person.added",
          "person.changed",
          "person.link-made",
          "person.password-changed",
          "person.password-set-by-link",
          "person.removed",
          "person.set-up",
          "person.signed-out",
          "repository.added",
          "repository.changed",
          "repository.made-anew",
          "repository.removed",
          "repository.tested",
          "saved-view.removed",
          "saved-view.saved",
          "schedule.added",
          "schedule.changed",
          "schedule.removed",
          "second-factor.off",
          "second-factor.on",
          "secret-key.added",
          "secret-key.reencrypted",
          "sign-in.done",
          "sign-in.ended",
          "sign-in.refused",
          "source-group.added",
          "source-group.changed",
          "source-group.removed");

  private AuditActions() {}
}
