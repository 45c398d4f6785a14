package org.resticmanager.enrolment;

import java.util.Optional;
import org.resticmanager.enrolment.AnnouncementDetails.Status;

/**
 * What its machine learns of an announcement.
 *
 * @param status what was decided
 * @param enrolled with the agent's token, if it was accepted
 */
public record Claim(Status status, Optional<Enrolled> enrolled) {}
