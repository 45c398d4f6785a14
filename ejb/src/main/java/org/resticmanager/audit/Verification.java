package org.resticmanager.audit;

import java.util.Optional;

/**
 * What the chain says about the events.
 *
 * @param checked how many events are in their place and as they were written
 * @param waiting how many are not part of the chain yet; it takes them up within seconds
 * @param altered the first that is not; empty if all are well
 */
public record Verification(long checked, long waiting, Optional<Altered> altered) {

  /**
   * Where the chain breaks.
   *
   * @param number the place of the event that was altered, removed or put in
   * @param reason in words
   */
  public record Altered(long number, String reason) {}
}
