package org.resticmanager.platform;

/** The thing named does not exist (HTTP 404). */
public class NotFound extends Refusal {

  private static final long serialVersionUID = 1L;

  /**
   * @param what the kind of thing, as in "host"
   * @param id what it was called
   */
  public NotFound(String what, String id) {
    super("unknown-" + what.replace(' ', '-'), "There is no " + what + " '" + id + "'.");
  }
}
