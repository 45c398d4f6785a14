package org.resticmanager.enrolment;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.resticmanager.host.HostId;
import org.resticmanager.protocol.announcement.AnnouncedKey;

/**
 * A machine that has announced itself.
 *
 * @param id names the announcement
 * @param key whose fingerprint the machine shows too; only its holder can get the agent's token
 * @param machine as it describes itself; anybody can claim to be called so
 * @param address from which it was announced
 * @param status what was decided
 * @param announcedAt when
 * @param expiresAt after this moment it is forgotten
 * @param host that it has become; empty unless it was accepted
 */
public record AnnouncementDetails(
    UUID id,
    AnnouncedKey key,
    Applicant machine,
    String address,
    Status status,
    Instant announcedAt,
    Instant expiresAt,
    Optional<HostId> host) {

  /** What was decided of an announcement. */
  public enum Status {
    OPEN("open"),
    ACCEPTED("accepted"),
    REJECTED("rejected");

    private final String code;

    Status(String code) {
      this.code = code;
    }

    /** As in REST and in the database. */
    public String code() {
      return code;
    }

    static Status coded(String code) {
      for (Status status : values()) {
        if (status.code.equals(code)) {
          return status;
        }
      }
      throw new IllegalArgumentException("no status of an announcement: " + code);
    }
  }
}
