package org.resticmanager.enrolment;

import java.time.Instant;

/**
 * Whether and since when a host's agent may sign in; never its token.
 *
 * @param tokenMadeAt when the newest token that the agent has was made; null if it has used none
 * @param cutOffAt when the agent was cut off; null if it may sign in
 * @param rotationWantedAt since when somebody wants the token replaced; null if nobody does
 * @param rotationWantedBy who; null if nobody does
 */
public record AgentAccess(
    Instant tokenMadeAt, Instant cutOffAt, Instant rotationWantedAt, String rotationWantedBy) {

  /** Whether no token of it is valid. */
  public boolean cutOff() {
    return cutOffAt != null;
  }
}
