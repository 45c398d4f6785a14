package org.resticmanager.enrolment;

import org.resticmanager.platform.Invalid;

/**
 * The machine that wants to be enrolled, as it describes itself.
 *
 * @param hostname becomes the host's name, if that is free
 * @param os {@code linux} or {@code windows}
 * @param arch {@code amd64} or {@code arm64}
 */
public record Applicant(String hostname, String os, String arch) {

  private static final int MAX_LENGTH = 255;

  /**
   * @throws Invalid if a part is missing or too long
   */
  public Applicant {
    hostname = Invalid.requireText(hostname, "hostname", MAX_LENGTH);
    os = Invalid.requireText(os, "os", MAX_LENGTH);
    arch = Invalid.requireText(arch, "arch", MAX_LENGTH);
  }
}
