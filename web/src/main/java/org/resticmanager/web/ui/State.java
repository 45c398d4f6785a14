package org.resticmanager.web.ui;

import org.resticmanager.enrolment.AgentAccess;
import org.resticmanager.enrolment.AnnouncementDetails;
import org.resticmanager.enrolment.EnrolmentTokenDetails;
import org.resticmanager.health.Health;
import org.resticmanager.host.HostDetails;
import org.resticmanager.job.JobOutline;
import org.resticmanager.repository.RepositoryDetails;
import org.resticmanager.user.PersonDetails;

/**
 * How something is, for the state badge: never by colour alone.
 *
 * @param tone the colour: {@code good}, {@code busy}, {@code warn}, {@code bad} or {@code idle}
 * @param icon a symbol of {@code icons.svg}
 * @param key the word's key in {@code texts.properties}
 */
public record State(String tone, String icon, String key) {

  static State of(HostDetails host) {
    if (host.lastSeenAt() == null) {
      return new State("idle", "circle-dashed", "host.state.never");
    }
    if (!host.online()) {
      return new State("warn", "unplugged", "host.state.offline");
    }
    return host.resticVersion().isEmpty()
        ? new State("bad", "alert", "host.state.no-restic")
        : new State("good", "check", "host.state.online");
  }

  static State of(AgentAccess access) {
    return access.cutOff()
        ? new State("bad", "cross", "access.state.cut-off")
        : new State("good", "check", "access.state.valid");
  }

  static State of(AnnouncementDetails.Status announcement) {
    return switch (announcement) {
      case OPEN -> new State("busy", "clock", "announced.state.open");
      case ACCEPTED -> new State("good", "check", "announced.state.accepted");
      case REJECTED -> new State("idle", "cross", "announced.state.rejected");
    };
  }

  static State of(EnrolmentTokenDetails.State token) {
    return switch (token) {
      case OPEN -> new State("busy", "clock", "enrolment-token.state.open");
      case USED -> new State("good", "check", "enrolment-token.state.used");
      case EXPIRED -> new State("idle", "minus", "enrolment-token.state.expired");
      case REVOKED -> new State("idle", "cross", "enrolment-token.state.revoked");
    };
  }

  /**
   * Of a machine that is to become a host.
   *
   * @param host that it has become; null if it has not enrolled
   */
  static State ofArrival(EnrolmentTokenDetails.State token, HostDetails host) {
    if (host == null) {
      return token == EnrolmentTokenDetails.State.OPEN
          ? new State("busy", "running", "add-host.waiting")
          : of(token);
    }
    return host.online()
        ? new State("good", "check", "add-host.online")
        : new State("busy", "running", "add-host.enrolled");
  }

  static State of(RepositoryDetails repository) {
    if (!repository.initialised()) {
      return new State("idle", "circle-dashed", "repository.state.new");
    }
    if (repository.damaged()) {
      return new State("bad", "alert", "repository.state.damaged");
    }
    return repository.adminSlot()
        ? new State("good", "check", "repository.state.ready")
        : new State("warn", "alert", "repository.state.no-admin");
  }

  static State of(PersonDetails person) {
    if (person.disabled()) {
      return new State("idle", "minus", "person.state.disabled");
    }
    return person.passwordSet() || person.ofProvider()
        ? new State("good", "check", "person.state.active")
        : new State("idle", "clock", "person.state.invited");
  }

  static State of(Health health) {
    String key = "health." + health.word();
    return switch (health) {
      case FAILING -> new State("bad", "cross", key);
      case AT_RISK -> new State("warn", "alert", key);
      case UNKNOWN -> new State("idle", "circle-dashed", key);
      case PROTECTED -> new State("good", "check", key);
    };
  }

  static State of(JobOutline job) {
    return switch (job.status()) {
      case QUEUED ->
          new State("idle", "clock", job.waiting() ? "job.status.waiting" : "job.status.queued");
      case RUNNING -> new State("busy", "running", "job.status.running");
      case SUCCEEDED ->
          job.flagged()
              ? new State("warn", "alert", "job.status.flagged")
              : new State("good", "check", "job.status.succeeded");
      case FAILED ->
          job.metLock()
              ? new State("idle", "clock", "job.status.met-lock")
              : new State("bad", "cross", "job.status.failed");
      case CANCELLED -> new State("idle", "minus", "job.status.cancelled");
    };
  }
}
