package org.resticmanager.conformance.check;

/** The check could not be tried, for a reason that is not the peer's fault. */
public final class NotChecked extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotChecked(String reason) {
    super(reason);
  }
}
