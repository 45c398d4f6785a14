package org.resticmanager.platform;

/** A password, link or token was not good (HTTP 401). Does not say which part was wrong. */
public class NotLetIn extends Refusal {

  private static final long serialVersionUID = 1L;

  /**
   * @param code for programs, in kebab-case
   * @param message for people
   */
  public NotLetIn(String code, String message) {
    super(code, message);
  }
}
