package org.resticmanager.enrolment;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;

/**
 * What is known of an enrolment token; never its text.
 *
 * @param id names it
 * @param label what it was made for, in its maker's words; may be empty
 * @param createdBy who made it
 * @param createdAt when
 * @param expiresAt after this moment it is refused
 * @param forHost the host that is enrolled anew with it; empty if it makes a new one
 * @param usedAt when a machine enrolled with it; null if none did
 * @param usedBy the host that came of it; empty if none did, or it is gone
 * @param revokedAt when it was revoked; null if it was not
 * @param state how it stands now
 */
public record EnrolmentTokenDetails(
    UUID id,
    String label,
    String createdBy,
    Instant createdAt,
    Instant expiresAt,
    Optional<HostId> forHost,
    Instant usedAt,
    Optional<HostId> usedBy,
    Instant revokedAt,
    State state) {

  /** How a token stands. */
  public enum State {
    /** A machine may still enrol with it. */
    OPEN("open"),
    USED("used"),
    EXPIRED("expired"),
    REVOKED("revoked");

    private final String code;

    State(String code) {
      this.code = code;
    }

    /** As in REST. */
    public String code() {
      return code;
    }

    static State of(Instant usedAt, Instant revokedAt, Instant expiresAt, Instant now) {
      if (usedAt != null) {
        return USED;
      }
      if (revokedAt != null) {
        return REVOKED;
      }
      return expiresAt.isAfter(now) ? OPEN : EXPIRED;
    }
  }
}
