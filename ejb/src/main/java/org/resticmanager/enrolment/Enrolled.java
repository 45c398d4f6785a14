package org.resticmanager.enrolment;

import org.resticmanager.host.HostDetails;

/**
 * A machine has become a host.
 *
 * @param host as it was added
 * @param agentToken the secret by which its agent signs in, shown this once
 */
public record Enrolled(HostDetails host, String agentToken) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "Enrolled[host=" + host.id() + "]";
  }
}
