package org.resticmanager.agent.spool;

/** An event that no peer would take; it was not spooled. */
public final class FrameTooLarge extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FrameTooLarge(String type, int sizeBytes) {
    super(type + " of " + sizeBytes + " bytes is larger than a frame may be");
  }
}
