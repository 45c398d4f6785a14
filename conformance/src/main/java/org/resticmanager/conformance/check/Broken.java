package org.resticmanager.conformance.check;

/** The peer did otherwise. Neither text may hold a secret: both are printed. */
public final class Broken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String came;

  /**
   * @param expected what the protocol asks for
   * @param came what was seen instead
   */
  public Broken(String expected, String came) {
    super("expected " + expected + ", but " + came);
    this.expected = expected;
    this.came = came;
  }

  public String expected() {
    return expected;
  }

  public String came() {
    return came;
  }
}
