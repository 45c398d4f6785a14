package org.resticmanager.platform;

/** What is asked contradicts how things stand now (HTTP 409). */
public class Conflict extends Refusal {

  private static final long serialVersionUID = 1L;

  /**
   * @param code for programs, in kebab-case
   * @param message for people: what stands in the way and what to do
   */
  public Conflict(String code, String message) {
    super(code, message);
  }
}
